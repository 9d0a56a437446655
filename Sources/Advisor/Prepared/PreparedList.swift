/// A list of prepared values that is encoded as the list of their JSON.
package struct PreparedList<Value: Codable & Sendable & Hashable>: Sendable, Hashable {
  package private(set) var items: [Prepared<Value>]

  package init(_ items: [Prepared<Value>] = []) {
    self.items = items
  }

  /// The values themselves; values that are set are encoded at once.
  package var values: [Value] {
    get { items.map { $0.value } }
    set { items = newValue.map(Prepared.init) }
  }

  mutating func append(_ item: Prepared<Value>) { items.append(item) }
}

extension PreparedList: Codable {
  package init(from decoder: any Decoder) throws {
    self.init(try [Value](from: decoder).map { Prepared($0) })
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(items.map { $0.json })
  }
}
