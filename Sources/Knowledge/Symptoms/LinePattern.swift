/// A small regular expression matched at a given place in time linear in the bytes read, whatever they are.
///
/// Understood: literal characters, `\w` `\d` `\S` `\s` and escaped punctuation, groups with `|`, and `+` `*` `?` after an
/// atom. It becomes a Glushkov automaton of at most 64 positions whose set of live positions is one machine word, so there
/// is no backtracking to blow up.
package struct LinePattern: Sendable {
  /// Why a pattern cannot be used.
  package struct Malformed: Error, CustomStringConvertible {
    package let pattern: String
    package let reason: String
    package var description: String { "the pattern \"\(pattern)\" cannot be used: \(reason)" }
  }

  /// The bytes that every match begins with.
  package let prefix: [UInt8]
  private let classes: [ByteClass]
  private let first: UInt64
  private let last: UInt64
  private let follow: [UInt64]

  /// Compiles `pattern`; throws `Malformed` for anything outside the subset, and for a pattern without a literal prefix.
  package init(_ pattern: String) throws(Malformed) {
    var parser = PatternParser(pattern)
    let whole = try parser.parse()
    guard parser.classes.count <= 64 else {
      throw Malformed(pattern: pattern, reason: "it has more than 64 positions")
    }
    classes = parser.classes
    follow = parser.follow
    first = whole.first
    last = whole.last
    guard !whole.isOptional else { throw Malformed(pattern: pattern, reason: "it matches nothing at all") }

    var prefix: [UInt8] = []
    var live = whole.first
    while live.nonzeroBitCount == 1, case .byte(let byte) = parser.classes[live.trailingZeroBitCount] {
      prefix.append(byte)
      let position = live.trailingZeroBitCount
      if whole.last & live != 0 || parser.follow[position] & live != 0 { break }
      live = parser.follow[position]
    }
    guard !prefix.isEmpty else { throw Malformed(pattern: pattern, reason: "it does not begin with a literal") }
    self.prefix = prefix
  }

  /// The index after the shortest match that begins exactly at `start` and ends before `end`, or nil.
  package func match(_ text: Span<UInt8>, from start: Int, before end: Int) -> Int? {
    var live = first
    var index = start
    while index < end, live != 0 {
      let byte = text[index]
      var next: UInt64 = 0
      var rest = live
      while rest != 0 {
        let position = rest.trailingZeroBitCount
        rest &= rest - 1
        guard classes[position].contains(byte) else { continue }
        if last & (1 << UInt64(position)) != 0 { return index + 1 }
        next |= follow[position]
      }
      live = next
      index += 1
    }
    return nil
  }
}

/// What one position of a pattern accepts.
enum ByteClass: Sendable {
  case byte(UInt8)
  case digit
  case word
  case space
  case notSpace

  func contains(_ byte: UInt8) -> Bool {
    switch self {
    case .byte(let own): byte == own
    case .digit: byte >= 0x30 && byte <= 0x39
    case .word:
      (byte >= 0x30 && byte <= 0x39) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || byte == 0x5F || byte >= 0x80
    case .space: byte == 0x20 || (byte >= 0x09 && byte <= 0x0D)
    case .notSpace: !(byte == 0x20 || (byte >= 0x09 && byte <= 0x0D))
    }
  }
}
