/// The file system that would hold models.
package struct StorageDescription: Codable, Sendable, Hashable {
  /// The folder that was asked about.
  package var path: String
  /// What an ordinary user may still write.
  package var freeBytes: Int?
  package var totalBytes: Int?
  /// `solidState`, `rotating`, `memory` or `network`; nil when the kernel does not tell.
  package var kind: String?
  package var fileSystem: String?

  package init(
    path: String, freeBytes: Int? = nil, totalBytes: Int? = nil, kind: String? = nil, fileSystem: String? = nil
  ) {
    self.path = path
    self.freeBytes = freeBytes
    self.totalBytes = totalBytes
    self.kind = kind
    self.fileSystem = fileSystem
  }
}
