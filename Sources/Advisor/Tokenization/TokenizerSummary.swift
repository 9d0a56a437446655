package import Tokenization

/// What a tokenizer is.
package struct TokenizerSummary: Codable, Sendable, Hashable {
  /// The algorithm as the file names it, such as `gpt2`.
  package var model: String
  /// The rules that cut text before byte-pair encoding, such as `llama-bpe`.
  package var preTokenizer: String?
  package var vocabularySize: Int
  package var addsBeginning: Bool
  package var addsEnd: Bool

  package init(_ tokenizer: Tokenizer) {
    model = tokenizer.model.rawValue
    preTokenizer = tokenizer.preTokenizer?.name
    vocabularySize = tokenizer.vocabularySize
    addsBeginning = tokenizer.specialTokens.addsBeginning && tokenizer.specialTokens.beginning != nil
    addsEnd = tokenizer.specialTokens.addsEnd && tokenizer.specialTokens.end != nil
  }
}
