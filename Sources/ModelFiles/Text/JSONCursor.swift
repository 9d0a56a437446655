import JSON

/// A walk through a JSON text in a file that keeps nothing but the place: headers of many megabytes cost no tree.
///
/// It reads exactly RFC 8259; the errors name the byte in the file, what was expected and what was found.
struct JSONCursor {
  /// Deeper nesting than any header has; a text of nothing but brackets stops here.
  static let deepest = 64

  /// Keeps the bytes where they are.
  private let file: MappedFile
  /// The position in the file.
  var offset: Int
  /// Where the text ends in the file.
  let end: Int
  private var depth = 0

  var path: String? { file.path }
  private var bytes: UnsafeRawBufferPointer { file.bytes }

  /// The text of `range` of a file; all of it when nil.
  init(_ file: MappedFile, range: Range<Int>? = nil) {
    self.file = file
    offset = range?.lowerBound ?? 0
    end = range?.upperBound ?? file.bytes.count
  }

  /// Reads an object; `member` must read, or skip, the value of each key, whose place it gets.
  mutating func object(
    _ what: @autoclosure () -> String,
    _ member: (inout JSONCursor, _ key: String, _ keyOffset: Int) throws(ModelFileError) -> Void
  ) throws(ModelFileError) {
    try open(UInt8(ascii: "{"), "an object ('{')", what())
    if try take(UInt8(ascii: "}")) { return depth -= 1 }
    repeat {
      let start = try skipSpaces(in: what())
      let key = try string("a key of \(what())")
      try require(UInt8(ascii: ":"), "':' after the key '\(key.prefix(60))'", what())
      try member(&self, key, start)
    } while try takeComma(before: UInt8(ascii: "}"), what())
    depth -= 1
  }

  /// Reads an array; `element` must read, or skip, each value.
  mutating func array(
    _ what: @autoclosure () -> String, _ element: (inout JSONCursor) throws(ModelFileError) -> Void
  ) throws(ModelFileError) {
    try open(UInt8(ascii: "["), "an array ('[')", what())
    if try take(UInt8(ascii: "]")) { return depth -= 1 }
    repeat { try element(&self) } while try takeComma(before: UInt8(ascii: "]"), what())
    depth -= 1
  }

  /// Reads a string.
  mutating func string(_ what: @autoclosure () -> String) throws(ModelFileError) -> String {
    let range = try stringRange(what())
    let text = UnsafeRawBufferPointer(rebasing: bytes[range.lowerBound + 1..<range.upperBound - 1])
    if text.allSatisfy({ $0 >= 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "\\") }) {
      return String(decoding: text, as: UTF8.self)
    }
    do throws(JSON.ParseError) {
      return try JSON.parse(UnsafeRawBufferPointer(rebasing: bytes[range])).string ?? ""
    } catch {
      throw malformed("\(what()) is not a valid string: \(error.message).", at: range.lowerBound + error.offset)
    }
  }

  /// Reads an integer from 0 on that fits 63 bits.
  mutating func count(_ what: @autoclosure () -> String) throws(ModelFileError) -> Int {
    let start = try skipSpaces(in: what())
    let word = word()
    guard let value = Int(word), value >= 0, word == "\(value)" else {
      throw malformed("\(what()) must be a whole number from 0 to 2^63 - 1, not \(found(word, start)).", at: start)
    }
    return value
  }

  /// Moves over one value of any kind.
  mutating func skip(_ what: @autoclosure () -> String) throws(ModelFileError) {
    let start = try skipSpaces(in: what())
    switch bytes[start] {
    case UInt8(ascii: "{"):
      try object(what()) { (cursor, key, _) throws(ModelFileError) in try cursor.skip("'\(key.prefix(60))'") }
    case UInt8(ascii: "["): try array(what()) { (cursor) throws(ModelFileError) in try cursor.skip("an element") }
    case UInt8(ascii: "\""): _ = try string(what())
    default:
      let word = word()
      guard ["true", "false", "null"].contains(word) || (try? JSON.parse(word))?.double != nil else {
        throw malformed("\(what()) is no JSON value: \(found(word, start)).", at: start)
      }
    }
  }

  /// Requires that only spaces follow.
  mutating func finish(_ what: String) throws(ModelFileError) {
    while offset < end, Self.isSpace(bytes[offset]) { offset += 1 }
    guard offset == end else {
      throw malformed("\(what) ends at byte \(offset), but more text follows it.", at: offset)
    }
  }

  /// The next byte that is no space, which stays to be read.
  mutating func peek(_ what: @autoclosure () -> String) throws(ModelFileError) -> UInt8 {
    bytes[try skipSpaces(in: what())]
  }

  func malformed(_ message: String, at offset: Int) -> ModelFileError {
    ModelFileError(
      .malformed, message + " The file is damaged: download or write it again.", path: path, byteOffset: offset)
  }

  private mutating func open(_ bracket: UInt8, _ expected: String, _ what: String) throws(ModelFileError) {
    let start = try skipSpaces(in: what)
    guard bytes[start] == bracket else {
      throw malformed("\(what) must be \(expected), not \(found(peekWord(), start)).", at: start)
    }
    depth += 1
    guard depth <= Self.deepest else {
      throw malformed("\(what) is nested more than \(Self.deepest) levels deep.", at: start)
    }
    offset += 1
  }

  private mutating func take(_ byte: UInt8) throws(ModelFileError) -> Bool {
    let start = try skipSpaces(in: "the text")
    guard bytes[start] == byte else { return false }
    offset += 1
    return true
  }

  /// Reads a comma and returns true, or `closing` and returns false.
  private mutating func takeComma(before closing: UInt8, _ what: @autoclosure () -> String) throws(ModelFileError)
    -> Bool
  {
    let start = try skipSpaces(in: what())
    let byte = bytes[start]
    guard byte == UInt8(ascii: ",") || byte == closing else {
      throw malformed("Expected ',' or the end of \(what()), found \(found(peekWord(), start)).", at: start)
    }
    offset += 1
    return byte != closing
  }

  private mutating func require(_ byte: UInt8, _ expected: @autoclosure () -> String, _ what: @autoclosure () -> String)
    throws(ModelFileError)
  {
    let start = try skipSpaces(in: what())
    guard bytes[start] == byte else {
      throw malformed("Expected \(expected()), found \(found(peekWord(), start)).", at: start)
    }
    offset += 1
  }

  /// Moves to the next byte that is no space and returns its place.
  private mutating func skipSpaces(in what: @autoclosure () -> String) throws(ModelFileError) -> Int {
    while offset < end, Self.isSpace(bytes[offset]) { offset += 1 }
    guard offset < end else {
      throw ModelFileError(
        .truncated, "The JSON text ends inside \(what()). The file is truncated: download or copy it again.",
        path: path, byteOffset: end)
    }
    return offset
  }

  /// The place of a string with its quotes.
  private mutating func stringRange(_ what: @autoclosure () -> String) throws(ModelFileError) -> Range<Int> {
    let start = try skipSpaces(in: what())
    guard bytes[start] == UInt8(ascii: "\"") else {
      throw malformed("\(what()) must be a string, not \(found(peekWord(), start)).", at: start)
    }
    offset += 1
    while offset < end {
      switch bytes[offset] {
      case UInt8(ascii: "\""):
        offset += 1
        return start..<offset
      case UInt8(ascii: "\\"): offset += 2
      default: offset += 1
      }
    }
    throw ModelFileError(
      .truncated,
      "The JSON text ends inside the string that is \(what()). The file is truncated: download or copy it "
        + "again.", path: path, byteOffset: start)
  }

  private mutating func word() -> String {
    let start = offset
    while offset < end, offset - start < 40, !Self.isBreak(bytes[offset]) { offset += 1 }
    return String(decoding: bytes[start..<offset], as: UTF8.self)
  }

  private func peekWord() -> String {
    var copy = self
    return copy.word()
  }

  /// What stands at `start`, for a person.
  private func found(_ word: String, _ start: Int) -> String {
    guard word.isEmpty else { return "'\(word)'" }
    let byte = bytes[start]
    return byte >= 0x20 && byte < 0x7f ? "'\(Character(Unicode.Scalar(byte)))'" : "byte \(byte)"
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0a || byte == 0x09 || byte == 0x0d }

  private static func isBreak(_ byte: UInt8) -> Bool {
    isSpace(byte) || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "\"")
      || byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "[")
      || byte == UInt8(ascii: "]")
  }
}
