/// Writes the fields of a protobuf message.
struct WireWriter {
  private(set) var bytes: [UInt8] = []

  /// A whole number.
  mutating func integer(_ field: Int, _ value: Int) {
    variable(UInt64(field) << 3)
    variable(UInt64(bitPattern: Int64(value)))
  }

  /// A number of 32 bits.
  mutating func float(_ field: Int, _ value: Float) {
    variable(UInt64(field) << 3 | 5)
    withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// Bytes, or a message.
  mutating func bytes(_ field: Int, _ value: [UInt8]) {
    variable(UInt64(field) << 3 | 2)
    variable(UInt64(value.count))
    bytes.append(contentsOf: value)
  }

  mutating func text(_ field: Int, _ value: String) { bytes(field, Array(value.utf8)) }

  /// A message that `fill` writes.
  mutating func message(_ field: Int, _ fill: (inout WireWriter) -> Void) {
    var message = WireWriter()
    fill(&message)
    bytes(field, message.bytes)
  }

  private mutating func variable(_ value: UInt64) {
    var rest = value
    while rest > 0x7f {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }
}
