/// A walk over the tokens of a JSON text, for what a tree no longer knows: where a token stood and how it was written.
///
/// It only runs for texts that are refused or unusually large, and reads any bytes without failing.
struct SourceText {
  enum Token {
    case string, word, open, close, comma, colon
  }

  let bytes: UnsafeRawBufferPointer

  /// Calls `body` with each token and its range until it returns true or the text ends.
  func firstToken(where body: (Token, Range<Int>) -> Bool) -> Range<Int>? {
    var position = 0
    while position < bytes.count {
      let start = position
      let token: Token
      switch bytes[position] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        position += 1
        continue
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        token = .open
        position += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        token = .close
        position += 1
      case UInt8(ascii: ","):
        token = .comma
        position += 1
      case UInt8(ascii: ":"):
        token = .colon
        position += 1
      case UInt8(ascii: "\""):
        token = .string
        position = endOfString(from: position)
      default:
        token = .word
        position = endOfWord(from: position)
      }
      if body(token, start..<position) { return start..<position }
    }
    return nil
  }

  /// The token in which the byte before `position` stands, or nil between tokens.
  func token(before position: Int) -> Range<Int>? {
    let range = firstToken { _, range in range.upperBound >= position }
    guard let range, range.lowerBound < position else { return nil }
    return range
  }

  /// The offset of the first bracket that opens a level below `depth`, or nil.
  func tooDeep(depth limit: Int) -> Int? {
    var depth = 0
    return firstToken { token, _ in
      if token == .open { depth += 1 } else if token == .close { depth -= 1 }
      return depth > limit
    }?.lowerBound
  }

  /// The offset of the first token after which there are more than `limit` values, or nil.
  func tooMany(values limit: Int) -> Int? {
    var count = 1
    return firstToken { token, _ in
      if token == .open || token == .comma { count += 1 }
      return count > limit
    }?.lowerBound
  }

  /// The first number that is not zero as written but too small for a double, or nil.
  func vanishingNumber() -> Range<Int>? {
    firstToken { token, range in
      guard token == .word, isNumber(range) else { return false }
      let mantissa = bytes[range].prefix { $0 | 0x20 != UInt8(ascii: "e") }
      guard mantissa.contains(where: { UInt8(ascii: "1")...UInt8(ascii: "9") ~= $0 }) else { return false }
      return Double(text(range)) == 0
    }
  }

  /// The bytes of `range` as text, cut after `limit` bytes.
  func text(_ range: Range<Int>, limit: Int = .max) -> String {
    let kept = String(decoding: bytes[range].prefix(limit), as: UTF8.self)
    return range.count > limit ? kept + "…" : kept
  }

  private func isNumber(_ range: Range<Int>) -> Bool {
    guard let first = bytes[range].first else { return false }
    return first == UInt8(ascii: "-") || UInt8(ascii: "0")...UInt8(ascii: "9") ~= first
  }

  private func endOfString(from start: Int) -> Int {
    var position = start + 1
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""): return position + 1
      case UInt8(ascii: "\\"): position += 2
      default: position += 1
      }
    }
    return bytes.count
  }

  private func endOfWord(from start: Int) -> Int {
    let end = bytes[start...].firstIndex { byte in
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: ","),
        UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"),
        UInt8(ascii: "\""):
        true
      default: false
      }
    }
    return max(end ?? bytes.count, start + 1)
  }
}
