/// How a model turns text into tokens.
package struct TokenizerDescription: Hashable, Sendable, Codable {
  /// The family of tokenizers.
  package enum Kind: String, Sendable, Codable, CaseIterable {
    /// SentencePiece with byte-pair merges by score, as in Llama 2 (`llama`).
    case sentencePieceBPE
    /// SentencePiece unigram, as in T5 (`t5`).
    case sentencePieceUnigram
    /// Byte-level byte-pair encoding, as in GPT-2 and Llama 3 (`gpt2`).
    case byteLevelBPE
    /// WordPiece, as in BERT (`bert`).
    case wordPiece
    /// The trie of RWKV (`rwkv`).
    case rwkv
    /// The table of PLaMo 2 (`plamo2`).
    case plamo
    /// The file has no tokenizer.
    case none
    /// A name that is not known; see `name`.
    case other
  }

  package var kind: Kind
  /// The name in the file, such as `gpt2`.
  package var name: String?
  /// The rules that cut text before byte-pair encoding, such as `llama-bpe`.
  package var preTokenizer: String?
  package var vocabularySize: Int?
  package var mergeCount: Int?
  package var hasChatTemplate: Bool

  package init(
    kind: Kind, name: String? = nil, preTokenizer: String? = nil, vocabularySize: Int? = nil, mergeCount: Int? = nil,
    hasChatTemplate: Bool = false
  ) {
    self.kind = kind
    self.name = name
    self.preTokenizer = preTokenizer
    self.vocabularySize = vocabularySize
    self.mergeCount = mergeCount
    self.hasChatTemplate = hasChatTemplate
  }
}
