/// How SentencePiece writes spaces: as U+2581, so that a piece can begin with one.
struct SpaceEscape {
  static let mark: [UInt8] = [0xE2, 0x96, 0x81]
  private let addsPrefix: Bool
  private let joins: Bool

  init(_ tokenizer: Tokenizer) {
    addsPrefix = tokenizer.addsSpacePrefix
    joins = tokenizer.joinsSpaces
  }

  /// The UTF-8 of the text with its spaces marked, and one before it when it takes the prefix; empty text stays empty.
  func escape(_ text: String, takesPrefix: Bool) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count + 3)
    if addsPrefix, takesPrefix, !text.isEmpty { result += Self.mark }
    var afterSpace = true
    for byte in text.utf8 {
      if byte == 0x20 {
        if !(joins && afterSpace) { result += Self.mark }
      } else {
        result.append(byte)
      }
      afterSpace = byte == 0x20
    }
    if joins, result.count > 3, Array(result.suffix(3)) == Self.mark { result.removeLast(3) }
    return result
  }
}
