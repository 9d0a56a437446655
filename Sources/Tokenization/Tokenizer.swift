package import ModelFiles

/// Text to token ids and back, as the metadata of a GGUF file describes it.
///
/// A value may be used by many threads at once; it keeps its own copy of the vocabulary and not the file.
package struct Tokenizer: Sendable {
  /// The bytes of text that are encoded at once, so that the memory for any text is bounded (by about 50 bytes each).
  package static let mostTextBytes = 4 << 20

  package let model: TokenizerModel
  /// How text is cut into words; nil for SentencePiece, which does not cut.
  package let preTokenizer: PreTokenizer?
  package let specialTokens: SpecialTokens
  let vocabulary: Vocabulary
  let algorithm: Algorithm
  let matcher: SpecialTokenMatcher
  /// The token of each byte, or -1.
  let byteTokens: [Int32]
  /// Whether a space is put before a text, so that its first word is written like the others.
  package let addsSpacePrefix: Bool
  /// Whether runs of spaces become one, and none stands at either end.
  let joinsSpaces: Bool

  /// How words become tokens.
  enum Algorithm: Sendable {
    case scores(PieceScores)
    case merges(MergeList)
    case unigram(UnigramModel)
  }

  /// Tokens in the vocabulary.
  package var vocabularySize: Int { vocabulary.count }

  /// Reads the tokenizer of `file`.
  package init(_ file: GGUFFile) throws(TokenizerError) { try self.init(file.metadata) }

  /// Reads the keys `tokenizer.ggml.*`.
  package init(_ metadata: Metadata) throws(TokenizerError) {
    guard let name = metadata["tokenizer.ggml.model"]?.string, name != "none", name != "no_vocab" else {
      throw .noTokenizer
    }
    guard let model = TokenizerModel(rawValue: name) else { throw .unsupportedModel(name) }
    let vocabulary = try Vocabulary(metadata)
    self.model = model
    self.vocabulary = vocabulary
    let preTokenizer = try Self.preTokenizer(metadata, model)
    self.preTokenizer = preTokenizer
    switch model {
    case .llama: algorithm = .scores(try PieceScores(metadata, vocabulary))
    case .t5: algorithm = .unigram(try UnigramModel(metadata, vocabulary))
    case .gpt2, .gemma4: algorithm = .merges(try MergeList(metadata, vocabulary))
    }
    specialTokens = try SpecialTokens(metadata, vocabulary, model, preTokenizer)
    matcher = try SpecialTokenMatcher(vocabulary)
    byteTokens = Self.byteTokens(vocabulary, model)
    addsSpacePrefix =
      metadata["tokenizer.ggml.add_space_prefix"]?.bool ?? (model == .llama || model == .t5)
    joinsSpaces = metadata["tokenizer.ggml.remove_extra_whitespaces"]?.bool ?? false
  }

  private static func preTokenizer(
    _ metadata: Metadata, _ model: TokenizerModel
  ) throws(TokenizerError) -> PreTokenizer? {
    guard model == .gpt2 || model == .gemma4 else { return nil }
    let name = metadata["tokenizer.ggml.pre"]?.string ?? (model == .gemma4 ? "gemma4" : "default")
    guard let preTokenizer = PreTokenizer(name: name) else { throw .unknownPreTokenizer(name) }
    return preTokenizer
  }

  private static func byteTokens(_ vocabulary: Vocabulary, _ model: TokenizerModel) -> [Int32] {
    (0..<256).map { byte in
      if !model.escapesSpaces { return vocabulary.id(of: ByteAlphabet.encoded[byte]).map(Int32.init) ?? -1 }
      let digits = String(byte, radix: 16, uppercase: true)
      return vocabulary.id(of: "<0x\(digits.utf8.count < 2 ? "0" : "")\(digits)>".utf8).map(Int32.init) ?? -1
    }
  }
}
