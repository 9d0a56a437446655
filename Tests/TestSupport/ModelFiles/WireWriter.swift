/// Writes protocol-buffer fields, good and bad ones.
package struct WireWriter: Sendable {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  /// A number.
  package func number(_ field: UInt64, _ value: UInt64) -> WireWriter {
    var copy = self
    copy.bytes += Self.varint(field << 3) + Self.varint(value)
    return copy
  }

  /// Bytes, text or a message.
  package func bytes(_ field: UInt64, _ content: [UInt8]) -> WireWriter {
    self.bytes(field, content, length: content.count)
  }

  package func text(_ field: UInt64, _ text: String) -> WireWriter { bytes(field, Array(text.utf8)) }

  package func message(_ field: UInt64, _ message: WireWriter) -> WireWriter { bytes(field, message.bytes) }

  /// Bytes that say to be as many as `length`.
  package func bytes(_ field: UInt64, _ content: [UInt8], length: Int) -> WireWriter {
    var copy = self
    copy.bytes += Self.varint(field << 3 | 2) + Self.varint(UInt64(length)) + content
    return copy
  }

  /// Anything at all.
  package func raw(_ content: [UInt8]) -> WireWriter {
    var copy = self
    copy.bytes += content
    return copy
  }

  package static func varint(_ value: UInt64) -> [UInt8] {
    var rest = value
    var bytes: [UInt8] = []
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }
}
