/// Something that was looked for and is absent or unreadable.
package struct NotFound: Codable, Sendable, Hashable {
  /// What was looked for.
  package var what: String
  /// The files, folders, libraries and programs that were tried.
  package var lookedAt: [String]

  package init(what: String, lookedAt: [String]) {
    self.what = what
    self.lookedAt = lookedAt
  }
}
