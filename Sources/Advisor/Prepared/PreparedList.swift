/// A list of prepared values that is encoded as the list of their texts.
package struct PreparedList<Value: Codable & Sendable & Hashable>: Sendable, Hashable {
  package private(set) var items: [Prepared<Value>]

  package init(_ items: [Prepared<Value>] = []) {
    self.items = items
  }

  package var values: [Value] { items.map { $0.value } }

  mutating func append(_ item: Prepared<Value>) { items.append(item) }

  /// Puts values that are not encoded yet before the others.
  mutating func prepend(_ values: [Value]) { items.insert(contentsOf: values.map(Prepared.init), at: 0) }
}

extension PreparedList: Codable {
  package init(from decoder: any Decoder) throws {
    self.init(try [Value](from: decoder).map { Prepared($0) })
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(items.map { $0.text })
  }
}
