/// One metadata value of a GGUF file; arrays stay in the file until they are asked for.
package enum MetadataValue: Sendable {
  case unsigned(UInt64)
  case signed(Int64)
  case floating(Double)
  case bool(Bool)
  /// Invalid UTF-8 is repaired with replacement characters.
  case string(String)
  case array(MetadataArray)

  /// The exact integer, or nil when this is not one or does not fit.
  package var integer: Int? {
    switch self {
    case .unsigned(let value): Int(exactly: value)
    case .signed(let value): Int(exactly: value)
    default: nil
    }
  }

  /// The value of a number of any type, or nil.
  package var double: Double? {
    switch self {
    case .unsigned(let value): Double(value)
    case .signed(let value): Double(value)
    case .floating(let value): value
    default: nil
    }
  }

  package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  package var string: String? { if case .string(let value) = self { value } else { nil } }
  package var array: MetadataArray? { if case .array(let value) = self { value } else { nil } }
}
