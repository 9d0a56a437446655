package import OrderedCollections

/// A JSON value: integers are exact 64-bit numbers, objects keep the order of their keys.
package enum JSON: Hashable, Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  case number(Double)
  case string(String)
  case array([JSON])
  case object(Object)

  package typealias Object = OrderedDictionary<String, JSON>
}

extension JSON {
  /// The value under `key`, or nil when this is not an object or has no such key.
  package subscript(key: String) -> JSON? {
    guard case .object(let object) = self else { return nil }
    return object[key]
  }

  /// The element at `index`, or nil when this is not an array or is shorter.
  package subscript(index: Int) -> JSON? {
    guard case .array(let array) = self, array.indices.contains(index) else { return nil }
    return array[index]
  }

  /// The text, or nil when this is not a string.
  package var string: String? { if case .string(let value) = self { value } else { nil } }
  /// The exact integer, or nil when this is not one.
  package var integer: Int? { if case .integer(let value) = self { Int(exactly: value) } else { nil } }
  /// The value of an integer or a number, or nil.
  package var double: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }
  /// The truth value, or nil when this is not one.
  package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  /// The elements, or nil when this is not an array.
  package var array: [JSON]? { if case .array(let value) = self { value } else { nil } }
  /// The members in their order; empty when this is not an object.
  package var members: [(key: String, value: JSON)] { object?.map { ($0.key, $0.value) } ?? [] }
  /// The members, or nil when this is not an object.
  package var object: Object? { if case .object(let value) = self { value } else { nil } }
}

extension JSON: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  package init(nilLiteral: ()) { self = .null }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(integerLiteral value: Int64) { self = .integer(value) }
  package init(floatLiteral value: Double) { self = .number(value) }
  package init(stringLiteral value: String) { self = .string(value) }
  package init(arrayLiteral elements: JSON...) { self = .array(elements) }
  package init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(Object(elements, uniquingKeysWith: { _, last in last }))
  }
}
