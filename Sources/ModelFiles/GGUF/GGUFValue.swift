/// A metadata value to write into a GGUF file.
package enum GGUFValue: Hashable, Sendable {
  case uint32(UInt32)
  case int32(Int32)
  case float32(Float)
  case bool(Bool)
  case string(String)
  case int32s([Int32])
  case bools([Bool])
  case float32s([Float])
  /// A value as another file has it: its type, then its bytes in little-endian order.
  case raw(MetadataType, [UInt8])

  /// The type number that stands before the value.
  var type: MetadataType {
    switch self {
    case .uint32: .uint32
    case .int32: .int32
    case .float32: .float32
    case .bool: .bool
    case .string: .string
    case .int32s, .bools, .float32s: .array
    case .raw(let type, _): type
    }
  }

  func append(to bytes: inout [UInt8]) {
    switch self {
    case .uint32(let value): bytes.append(littleEndian: value)
    case .int32(let value): bytes.append(littleEndian: value)
    case .float32(let value): bytes.append(littleEndian: value.bitPattern)
    case .bool(let value): bytes.append(value ? 1 : 0)
    case .string(let value): bytes.append(text: value)
    case .int32s(let values):
      Self.array(.int32, values.count, &bytes)
      for value in values { bytes.append(littleEndian: value) }
    case .bools(let values):
      Self.array(.bool, values.count, &bytes)
      for value in values { bytes.append(value ? 1 : 0) }
    case .float32s(let values):
      Self.array(.float32, values.count, &bytes)
      for value in values { bytes.append(littleEndian: value.bitPattern) }
    case .raw(_, let content): bytes += content
    }
  }

  private static func array(_ type: MetadataType, _ count: Int, _ bytes: inout [UInt8]) {
    bytes.append(littleEndian: type.rawValue)
    bytes.append(littleEndian: UInt64(count))
  }
}

extension [UInt8] {
  mutating func append(littleEndian value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }

  mutating func append(text: String) {
    append(littleEndian: UInt64(text.utf8.count))
    append(contentsOf: text.utf8)
  }
}
