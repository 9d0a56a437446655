/// What the bytes of UTF-8 say about their neighbors.
enum UTF8Form {
  /// The bytes of the character that begins with `first`; 1 for a byte that begins none.
  static func length(first: UInt8) -> Int {
    switch first {
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: 1
    }
  }

  /// How many bytes at the end of `bytes` are the beginning of a character that could still be completed.
  static func incompleteSuffix(_ bytes: some BidirectionalCollection<UInt8>) -> Int {
    let tail = Array(bytes.suffix(3))
    for count in 1...3 where count <= tail.count {
      let first = tail[tail.count - count]
      if first & 0xC0 == 0x80 { continue }
      guard count < length(first: first) else { return 0 }
      if count > 1, !isValid(second: tail[tail.count - count + 1], after: first) { return 0 }
      return count
    }
    return 0
  }

  /// Overlong forms, surrogates and what is beyond U+10FFFF show in the second byte.
  private static func isValid(second: UInt8, after first: UInt8) -> Bool {
    switch first {
    case 0xE0: second >= 0xA0
    case 0xED: second < 0xA0
    case 0xF0: second >= 0x90
    case 0xF4: second < 0x90
    default: true
    }
  }
}
