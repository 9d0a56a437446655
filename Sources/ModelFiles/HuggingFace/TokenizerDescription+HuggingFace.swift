extension TokenizerDescription {
  /// Reads `tokenizer_config.json` and the kind in `tokenizer.json`, without its vocabulary.
  init(_ folder: HuggingFaceFolder, vocabularySize: Int?) throws(ModelFileError) {
    let settings = try folder.settings("tokenizer_config.json")
    let model = folder.has("tokenizer.json") ? try Self.model(folder.path(of: "tokenizer.json")) : nil
    let isPieces = ["tokenizer.model", "spiece.model", "sentencepiece.bpe.model"].contains { folder.has($0) }
    let kind: Kind =
      switch model {
      case "BPE"?: isPieces ? .sentencePieceBPE : .byteLevelBPE
      case "Unigram"?: .sentencePieceUnigram
      case "WordPiece"?: .wordPiece
      case nil where isPieces: .sentencePieceBPE
      case nil where folder.has("merges.txt") || folder.has("tiktoken.model") || folder.has("tekken.json"):
        .byteLevelBPE
      case nil where folder.has("vocab.txt"): .wordPiece
      case nil: .none
      default: .other
      }
    let template = settings?.value("chat_template")
    self.init(
      kind: kind, name: settings?.text("tokenizer_class") ?? model, vocabularySize: vocabularySize,
      hasChatTemplate: template != nil || folder.has("chat_template.jinja") || folder.has("chat_template.json"))
  }

  /// The type of the model in a `tokenizer.json`, which stands before its vocabulary of many megabytes.
  private static func model(_ path: String) throws(ModelFileError) -> String? {
    var cursor = JSONCursor(try MappedFile.open(path: path))
    var type: String?
    do throws(ModelFileError) {
      try cursor.object("the tokenizer") { (cursor, key, _) throws(ModelFileError) in
        guard key == "model", try cursor.peek("'model'") == UInt8(ascii: "{") else {
          return try cursor.skip("'\(key)'")
        }
        try cursor.object("'model'") { (cursor, key, start) throws(ModelFileError) in
          guard key == "type" else { return try cursor.skip("'\(key)'") }
          type = try cursor.string("the type of the tokenizer")
          // Enough is known; the rest need not be read.
          throw cursor.malformed("", at: start)
        }
      }
    } catch {
      if type == nil { throw error }
    }
    return type
  }
}
