/// The text of a log, made safe to search: terminal escapes and NUL bytes are gone, nothing else is changed.
///
/// The bytes need not be UTF-8; the excerpts that leave here are. Dropping NUL also makes UTF-16 logs, which some shells
/// write, readable where they hold ASCII.
package struct LogText: Sendable {
  /// The cleaned bytes.
  package let bytes: [UInt8]
  /// How many bytes were taken out.
  package let removedByteCount: Int

  package init(_ text: String) { self.init(bytes: Array(text.utf8)) }

  package init(bytes raw: [UInt8]) {
    guard raw.contains(where: { $0 == 0x1B || $0 == 0 }) else {
      bytes = raw
      removedByteCount = 0
      return
    }
    var clean: [UInt8] = []
    clean.reserveCapacity(raw.count)
    var index = 0
    while index < raw.count {
      switch raw[index] {
      case 0: index += 1
      case 0x1B: index = Self.skipEscape(raw, at: index)
      default:
        clean.append(raw[index])
        index += 1
      }
    }
    bytes = clean
    removedByteCount = raw.count - clean.count
  }

  /// The index after the escape sequence at `start` (ECMA-48); an unfinished one ends with its line.
  private static func skipEscape(_ raw: [UInt8], at start: Int) -> Int {
    guard start + 1 < raw.count else { return start + 1 }
    var index = start + 2
    switch raw[start + 1] {
    case UInt8(ascii: "["):
      while index < raw.count, raw[index] >= 0x20, raw[index] < 0x40 { index += 1 }
      return index < raw.count && raw[index] >= 0x40 && raw[index] < 0x7F ? index + 1 : index
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"):
      while index < raw.count, raw[index] != 0x07, raw[index] != 0x0A, raw[index] != 0x1B { index += 1 }
      if index < raw.count, raw[index] == 0x07 { return index + 1 }
      if index + 1 < raw.count, raw[index] == 0x1B, raw[index + 1] == UInt8(ascii: "\\") { return index + 2 }
      return index
    case 0x0A, 0x1B: return start + 1
    default: return index
    }
  }

  /// The index of the first byte of the line that holds `index`, not looking back more than `limit` bytes.
  package func lineStart(of index: Int, limit: Int) -> Int {
    var start = index
    while start > 0, index - start < limit, bytes[start - 1] != 0x0A, bytes[start - 1] != 0x0D { start -= 1 }
    return start
  }

  /// The index after the last byte of the line that holds `index`, not looking further than `limit` bytes.
  package func lineEnd(of index: Int, limit: Int) -> Int {
    var end = index
    while end < bytes.count, end - index < limit, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
    return end
  }

  /// The part of its line around `range`, at most about `limit` bytes, with "…" where it was cut.
  package func excerpt(around range: Range<Int>, limit: Int = 200) -> String {
    let before = max(24, (limit - range.count) / 3)
    let start = lineStart(of: range.lowerBound, limit: before)
    let end = lineEnd(of: min(max(start, range.lowerBound), bytes.count), limit: limit)
    let isCutBefore = start > 0 && bytes[start - 1] != 0x0A && bytes[start - 1] != 0x0D
    let isCutAfter = end < bytes.count && bytes[end] != 0x0A && bytes[end] != 0x0D
    var text = String(decoding: bytes[start..<end], as: UTF8.self)
    text = String(
      String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }))
    // A cut may fall inside a character, which decodes to the replacement character.
    if isCutBefore { text = "…" + text.drop { $0 == "\u{FFFD}" } }
    if isCutAfter {
      while text.last == "\u{FFFD}" { text.removeLast() }
      text += "…"
    }
    return text
  }
}
