/// Token ids on their way back to text, one after the other.
package struct TextDecoding: Sendable {
  private let tokenizer: Tokenizer
  private let showsSpecial: Bool
  private var dropsSpace: Bool
  /// The beginning of a character whose other bytes are in tokens to come.
  private var pending: [UInt8] = []

  /// Starts a text; `continues` says that other text stands before it, so that its first space counts.
  package init(_ tokenizer: Tokenizer, showsSpecial: Bool = false, continues: Bool = false) {
    self.tokenizer = tokenizer
    self.showsSpecial = showsSpecial
    dropsSpace = tokenizer.addsSpacePrefix && !continues
  }

  /// The bytes that the next token adds: at the start of a text without the space that encoding puts there.
  package mutating func bytes(of id: Int) throws(TokenizerError) -> [UInt8] {
    guard var bytes = tokenizer.bytes(of: id, showsSpecial: showsSpecial) else {
      throw .tokenOutOfRange(token: id, vocabularySize: tokenizer.vocabularySize)
    }
    if dropsSpace, !bytes.isEmpty {
      if bytes[0] == 0x20 { bytes.removeFirst() }
      dropsSpace = false
    }
    return bytes
  }

  /// The text that the next token completes; the beginning of a character is held back until it is whole.
  ///
  /// Bytes that belong to no character become U+FFFD.
  package mutating func text(of id: Int) throws(TokenizerError) -> String {
    pending += try bytes(of: id)
    let held = UTF8Form.incompleteSuffix(pending)
    let text = String(decoding: pending.dropLast(held), as: UTF8.self)
    pending = Array(pending.suffix(held))
    return text
  }

  /// What is left when no token follows.
  package mutating func finish() -> String {
    defer { pending = [] }
    return String(decoding: pending, as: UTF8.self)
  }
}
