#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The variables of the environment that decide how text is shown.
enum ProcessEnvironment {
  static let shown: [String: String] = {
    var values: [String: String] = [:]
    for name in ["NO_COLOR", "TERM", "COLUMNS", "LC_ALL", "LC_CTYPE", "LANG"] {
      if let value = getenv(name) { values[name] = String(cString: value) }
    }
    return values
  }()
}
