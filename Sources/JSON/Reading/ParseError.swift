extension JSON {
  /// Why and where a text is not JSON that can be kept exactly.
  package struct ParseError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was wrong, in words.
    package var message: String
    /// The offset of the offending byte or token, from zero.
    package var offset: Int
    /// The line of the offending byte, from one; only line feeds end lines.
    package var line: Int
    /// The byte in its line, from one.
    package var column: Int

    package var description: String { "\(message) at byte \(offset) (line \(line), column \(column))" }

    /// Makes an error at `offset`, whose line and column are found in `text`.
    init(_ message: String, at offset: Int, in text: UnsafeRawBufferPointer) {
      self.message = message
      self.offset = offset
      let before = text.prefix(offset)
      line = 1 + before.count { $0 == UInt8(ascii: "\n") }
      let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
      column = 1 + before.count - lineStart
    }
  }
}
