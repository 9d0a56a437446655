extension Tokenizer {
  /// The bytes that a token stands for, without regard to its place; nil when it is outside the vocabulary.
  ///
  /// Control tokens stand for no text unless `showsSpecial` is set, when they stand for their name.
  package func bytes(of id: Int, showsSpecial: Bool = false) -> [UInt8]? {
    guard id >= 0, id < vocabulary.count else { return nil }
    let text = vocabulary.text(id)
    switch vocabulary.kind(id) {
    case .control, .unknown: return showsSpecial ? Array(text) : []
    case .userDefined: return model == .gpt2 ? Array(text) : Self.unescape(text)
    case .byte: return Self.byte(named: text).map { [$0] } ?? Array(text)
    case .normal, .unused:
      if model != .gpt2 { return Self.unescape(text) }
      return ByteAlphabet.decode(text) ?? Array(text)
    }
  }

  /// The text of a token as the vocabulary has it, with invalid UTF-8 repaired; nil when it is outside the vocabulary.
  package func piece(_ id: Int) -> String? {
    guard id >= 0, id < vocabulary.count else { return nil }
    return String(decoding: vocabulary.text(id), as: UTF8.self)
  }

  /// The bytes of a text from its ids, which may end within a character.
  package func decode(_ ids: some Sequence<Int>, showsSpecial: Bool = false) throws(TokenizerError) -> [UInt8] {
    var decoding = TextDecoding(self, showsSpecial: showsSpecial)
    var result: [UInt8] = []
    for id in ids { result += try decoding.bytes(of: id) }
    return result
  }

  /// Reads a byte from the form `<0x0A>`.
  private static func byte(named text: ArraySlice<UInt8>) -> UInt8? {
    guard text.count == 6, text.starts(with: Array("<0x".utf8)), text.last == 0x3E else { return nil }
    return UInt8(String(decoding: text.dropFirst(3).prefix(2), as: UTF8.self), radix: 16)
  }

  private static func unescape(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var place = text.startIndex
    while place < text.endIndex {
      if text[place] == SpaceEscape.mark[0], text[place...].starts(with: SpaceEscape.mark) {
        result.append(0x20)
        place += 3
      } else {
        result.append(text[place])
        place += 1
      }
    }
    return result
  }
}
