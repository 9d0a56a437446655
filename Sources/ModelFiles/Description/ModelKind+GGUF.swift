extension ModelKind {
  /// Encoders of text; whether one gives a vector per text or per token is in `pooling_type`.
  private static let encoders: Set<String> = [
    "bert", "eurobert", "jina-bert-v2", "jina-bert-v3", "modern-bert", "neo-bert", "nomic-bert", "nomic-bert-moe",
    "t5encoder",
  ]
  private static let embeddings: Set<String> = ["gemma-embedding", "llama-embed"]
  private static let speaking: Set<String> = ["pockettts", "qwen3tts", "wavtokenizer-dec"]
  /// Architectures that exist only for models that see; the others see with a projector, but need not.
  private static let seeing: Set<String> = [
    "chameleon", "cogvlm", "deepseek2-ocr", "hunyuan_vl", "paddleocr", "qwen2vl", "qwen3vl", "qwen3vlmoe",
  ]

  /// The kind of a GGUF file, by `general.type`, its architecture and how it pools.
  init(_ metadata: Metadata, architecture: String?) {
    let pooling = architecture.flatMap { metadata.value("pooling_type", of: $0)?.integer }
    switch (metadata["general.type"]?.string, architecture) {
    case ("adapter", _): self = .adapter
    case ("mmproj", _), (_, "clip"): self = .projector
    case (_, nil): self = .unknown
    case (_, "t5"): self = .encoderDecoder
    case (_, let name?) where Self.speaking.contains(name): self = .speech
    case (_, let name?) where Self.embeddings.contains(name): self = .embedding
    // 0 is no pooling, 4 the score of a reranker; 1 to 3 are the mean, the first and the last token.
    case (_, let name?) where Self.encoders.contains(name):
      self = (1...3).contains(pooling ?? 1) ? .embedding : .encoder
    case (_, _?) where (1...3).contains(pooling ?? 0): self = .embedding
    case (_, _?) where pooling == 4: self = .encoder
    case (_, let name?) where Self.seeing.contains(name): self = .visionLanguage
    default: self = .language
    }
  }
}
