/// The key-value pairs at the head of a GGUF file, in the order of the file.
package struct Metadata: Sendable {
  /// One pair, with its type as written and where it starts in the file.
  package struct Entry: Sendable {
    package let key: String
    package let type: MetadataType
    package let value: MetadataValue
    package let byteOffset: Int
  }

  package private(set) var entries: [Entry] = []
  private var positions: [String: Int] = [:]

  /// The value of `key`, or nil when the file does not have it.
  package subscript(key: String) -> MetadataValue? { positions[key].map { entries[$0].value } }

  /// The pair with this key, or nil when the file does not have it.
  package func entry(_ key: String) -> Entry? { positions[key].map { entries[$0] } }

  /// The value of `<architecture>.<suffix>`, the form of every key that belongs to one architecture.
  package func value(_ suffix: String, of architecture: String) -> MetadataValue? { self["\(architecture).\(suffix)"] }

  /// Adds a pair; returns false, and adds nothing, when the key is there already.
  mutating func append(_ entry: Entry) -> Bool {
    guard positions[entry.key] == nil else { return false }
    positions[entry.key] = entries.count
    entries.append(entry)
    return true
  }
}
