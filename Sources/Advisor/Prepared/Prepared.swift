package import JSON

/// A value with its JSON text, encoded once: answers that are mostly made of facts then cost no encoding.
package final class Prepared<Value: Codable & Sendable & Hashable>: Sendable {
  package let value: Value
  package let text: JSON.Text

  /// Encodes the value; one that has no JSON, which no fact is, becomes null.
  package init(_ value: Value) {
    self.value = value
    text = (try? JSON.Text(encoding: value)) ?? .null
  }
}

extension Prepared: Hashable {
  package static func == (left: Prepared, right: Prepared) -> Bool { left === right || left.value == right.value }
  package func hash(into hasher: inout Hasher) { hasher.combine(value) }
}

extension Prepared: Codable {
  package convenience init(from decoder: any Decoder) throws {
    self.init(try Value(from: decoder))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}
