extension TokenizerDescription {
  /// Reads the tokenizer of a file.
  init(_ metadata: Metadata) {
    let name = metadata["tokenizer.ggml.model"]?.string
    let kind: Kind =
      switch name {
      case nil, "none", "no_vocab": .none
      // Gemma 4 keeps the pieces of SentencePiece, with their merges in the file.
      case "llama", "gemma4": .sentencePieceBPE
      case "t5": .sentencePieceUnigram
      case "gpt2": .byteLevelBPE
      case "bert": .wordPiece
      case "rwkv": .rwkv
      case "plamo2": .plamo
      default: .other
      }
    self.init(
      kind: kind, name: name.map { String($0.prefix(100)) },
      preTokenizer: metadata["tokenizer.ggml.pre"]?.string.map { String($0.prefix(100)) },
      vocabularySize: metadata["tokenizer.ggml.tokens"]?.array?.count,
      mergeCount: metadata["tokenizer.ggml.merges"]?.array?.count,
      hasChatTemplate: metadata["tokenizer.chat_template"]?.string?.isEmpty == false)
  }
}
