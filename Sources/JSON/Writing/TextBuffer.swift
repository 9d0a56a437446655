import CJansson

/// Bytes of JSON text, and how its scalars are written.
struct TextBuffer {
  private(set) var bytes: [UInt8] = []
  /// Why the text is of no use.
  private(set) var failure: JSON.PrintError?

  init(capacity: Int) { bytes.reserveCapacity(capacity) }

  mutating func fail(_ reason: String) { if failure == nil { failure = JSON.PrintError(description: reason) } }

  mutating func append(_ byte: UInt8) { bytes.append(byte) }
  mutating func append(_ more: [UInt8]) { bytes.append(contentsOf: more) }
  mutating func append(_ more: ArraySlice<UInt8>) { bytes.append(contentsOf: more) }

  mutating func write(ascii text: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  mutating func write(_ value: Bool) { write(ascii: value ? "true" : "false") }

  mutating func write(_ value: Int64) {
    if 0..<10 ~= value {
      bytes.append(UInt8(ascii: "0") + UInt8(value))
    } else {
      append(plain: value.description)
    }
  }

  /// Writes the shortest digits that read back exactly.
  mutating func write(_ value: Double) {
    if !value.isFinite { fail("\(value) cannot be written as JSON: numbers must be finite") }
    append(plain: value.description)
  }

  mutating func write(_ text: String) {
    var text = text
    text.withUTF8 { utf8 in
      // Only quotes, backslashes and control characters must be escaped.
      if utf8.contains(where: { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }) {
        escape(utf8)
      } else {
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: utf8)
        bytes.append(UInt8(ascii: "\""))
      }
    }
  }

  private mutating func append(plain text: String) {
    var text = text
    text.withUTF8 { bytes.append(contentsOf: $0) }
  }

  private mutating func escape(_ utf8: UnsafeBufferPointer<UInt8>) {
    let flags = Int(JSON_ENCODE_ANY | JSON_COMPACT)
    let node = utf8.withMemoryRebound(to: CChar.self) { json_stringn_nocheck($0.baseAddress, $0.count) }
    guard let node else { return fail("out of memory") }
    defer { json_decref(node) }
    // Six bytes for the longest escape, and two quotes.
    let capacity = 6 * utf8.count + 2
    bytes.append(
      contentsOf: [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
        count = buffer.withMemoryRebound(to: CChar.self) { json_dumpb(node, $0.baseAddress, capacity, flags) }
      })
  }
}
