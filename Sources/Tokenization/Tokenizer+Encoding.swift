extension Tokenizer {
  /// The ids of a text.
  ///
  /// `addsSpecial` puts the tokens for beginning and end around it where the file says so; `parsesSpecial` takes control
  /// tokens that are spelled out in the text for what they name, which text from strangers should not be. Throws
  /// `textTooLong` before anything is computed.
  package func encode(
    _ text: String, addsSpecial: Bool = true, parsesSpecial: Bool = false
  ) throws(TokenizerError) -> [Int] {
    try encode([TextPart(text, parsesSpecial: parsesSpecial)], addsSpecial: addsSpecial)
  }

  /// The ids of the text that the parts make together: words go on from one to the next, control tokens do not.
  package func encode(_ parts: [TextPart], addsSpecial: Bool = true) throws(TokenizerError) -> [Int] {
    let size = parts.reduce(0) { $0 + $1.text.utf8.count }
    guard size <= Self.mostTextBytes else { throw .textTooLong(bytes: size, limitBytes: Self.mostTextBytes) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    var control: [Range<Int>] = []
    for part in parts {
      let start = bytes.count
      bytes += part.text.utf8
      guard part.parsesSpecial, start < bytes.count else { continue }
      if let last = control.last, last.upperBound == start {
        control[control.count - 1] = last.lowerBound..<bytes.count
      } else {
        control.append(start..<bytes.count)
      }
    }
    var encoding = TextEncoding(self)
    let beginning = addsSpecial && specialTokens.addsBeginning ? specialTokens.beginning : nil
    try encoding.append(bytes, control: control)
    let end = addsSpecial && specialTokens.addsEnd ? specialTokens.end : nil
    return [beginning].compactMap(\.self) + encoding.ids + [end].compactMap(\.self)
  }
}
