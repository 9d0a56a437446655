/// The token ids of texts.
package struct EncodeAnswer: Codable, Sendable, Hashable {
  package var tokenizer: TokenizerSummary
  /// One list per text, in order.
  package var tokens: [[Int]]
  /// The tokens as the vocabulary has them.
  package var pieces: [[String]]?
}
