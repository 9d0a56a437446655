/// The shape of a line from which numbers are read: a space stands for any number of blanks, `{}` for a number, `{size}`
/// for a number with its unit, which is read as bytes.
package struct LogTemplate: Sendable {
  private enum Part: Sendable {
    case byte(UInt8)
    case blanks
    case number
    case size
  }

  /// The text that a match begins with: everything before the first blank or number.
  package let anchor: [UInt8]
  private let parts: [Part]

  package init(_ template: String) {
    let bytes = Array(template.utf8)
    var anchor: [UInt8] = []
    var parts: [Part] = []
    var index = 0
    while index < bytes.count {
      if bytes[index...].starts(with: "{}".utf8) {
        parts.append(.number)
        index += 2
      } else if bytes[index...].starts(with: "{size}".utf8) {
        parts.append(.size)
        index += 6
      } else {
        parts.append(bytes[index] == UInt8(ascii: " ") ? .blanks : .byte(bytes[index]))
        if anchor.count == parts.count - 1, case .byte(let byte) = parts[parts.count - 1] { anchor.append(byte) }
        index += 1
      }
    }
    self.anchor = anchor
    self.parts = parts
  }

  /// The numbers of the match that begins at `start` and ends before `end`, or nil when the text has another shape.
  package func read(_ text: Span<UInt8>, from start: Int, before end: Int) -> [Double]? {
    var index = start
    var values: [Double] = []
    for part in parts {
      switch part {
      case .byte(let byte):
        guard index < end, text[index] == byte else { return nil }
        index += 1
      case .blanks: skipBlanks(text, &index, end)
      case .number:
        guard let value = number(text, &index, end) else { return nil }
        values.append(value)
      case .size:
        guard let value = number(text, &index, end) else { return nil }
        skipBlanks(text, &index, end)
        values.append(value * unit(text, &index, end))
      }
    }
    return values
  }

  private func skipBlanks(_ text: Span<UInt8>, _ index: inout Int, _ end: Int) {
    while index < end, text[index] == 0x20 || text[index] == 0x09 { index += 1 }
  }

  /// A decimal number of at most 24 characters.
  private func number(_ text: Span<UInt8>, _ index: inout Int, _ end: Int) -> Double? {
    var characters: [UInt8] = []
    while index < end, characters.count < 24 {
      let byte = text[index]
      guard (byte >= 0x30 && byte <= 0x39) || (byte == UInt8(ascii: ".") && !characters.isEmpty) else { break }
      characters.append(byte)
      index += 1
    }
    if characters.last == UInt8(ascii: ".") {
      characters.removeLast()
      index -= 1
    }
    return Double(String(decoding: characters, as: UTF8.self))
  }

  /// The bytes in one of the unit at `index`; 1 when there is none.
  private func unit(_ text: Span<UInt8>, _ index: inout Int, _ end: Int) -> Double {
    guard index < end else { return 1 }
    let exponent: Int
    switch text[index] | 0x20 {
    case UInt8(ascii: "k"): exponent = 1
    case UInt8(ascii: "m"): exponent = 2
    case UInt8(ascii: "g"): exponent = 3
    case UInt8(ascii: "t"): exponent = 4
    default: return 1
    }
    let isBinary = index + 1 < end && text[index + 1] == UInt8(ascii: "i")
    let suffix = index + (isBinary ? 2 : 1)
    guard suffix < end, text[suffix] == UInt8(ascii: "B") else { return 1 }
    index = suffix + 1
    var bytes = 1.0
    for _ in 0..<exponent { bytes *= isBinary ? 1024 : 1000 }
    return bytes
  }
}
