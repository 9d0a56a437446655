extension Tokenizer {
  /// The ids of a text.
  ///
  /// `addsSpecial` puts the tokens for beginning and end around it where the file says so; `parsesSpecial` takes control
  /// tokens that are spelled out in the text for what they name, which text from strangers should not be. Throws
  /// `textTooLong` before anything is computed.
  package func encode(
    _ text: String, addsSpecial: Bool = true, parsesSpecial: Bool = false
  ) throws(TokenizerError) -> [Int] {
    var text = text
    text.makeContiguousUTF8()
    guard text.utf8.count <= Self.mostTextBytes else {
      throw .textTooLong(bytes: text.utf8.count, limitBytes: Self.mostTextBytes)
    }
    var encoding = TextEncoding(self)
    if addsSpecial, specialTokens.addsBeginning, let id = specialTokens.beginning { encoding.ids.append(id) }
    try encoding.append(text, parsesSpecial: parsesSpecial)
    if addsSpecial, specialTokens.addsEnd, let id = specialTokens.end { encoding.ids.append(id) }
    return encoding.ids
  }
}
