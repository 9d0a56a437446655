import Service

/// What `--version` prints.
enum VersionText {
  /// Name, version and platform, such as `edgewise 0.1.0 (linux x86_64)`.
  static let line = "\(Product.name) \(Product.version) (\(system) \(architecture))"

  #if os(Linux)
    private static let system = "linux"
  #elseif os(macOS)
    private static let system = "macos"
  #else
    private static let system = "unknown system"
  #endif

  #if arch(x86_64)
    private static let architecture = "x86_64"
  #elseif arch(arm64)
    private static let architecture = "arm64"
  #else
    private static let architecture = "other"
  #endif
}
