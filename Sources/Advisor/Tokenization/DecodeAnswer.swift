/// The texts of token ids.
package struct DecodeAnswer: Codable, Sendable, Hashable {
  package var tokenizer: TokenizerSummary
  /// One text per list, in order.
  package var texts: [String]
  /// Which of the texts had bytes that are not UTF-8, and have U+FFFD in their place.
  package var repaired: [Int]
}
