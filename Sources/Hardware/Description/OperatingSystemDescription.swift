/// The system that the process runs under.
package struct OperatingSystemDescription: Codable, Sendable, Hashable {
  /// `linux`, `macos`, `windows`, `ios` or `android`.
  package var family: String
  /// The distribution or product name with its version.
  package var name: String?
  package var kernel: String?
  /// The kind of container (`docker`, `podman`, `kubernetes`), or nil when there is no sign of one.
  package var container: String?

  package init(family: String, name: String? = nil, kernel: String? = nil, container: String? = nil) {
    self.family = family
    self.name = name
    self.kernel = kernel
    self.container = container
  }
}
