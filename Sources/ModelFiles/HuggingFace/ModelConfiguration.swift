import JSON

/// What `config.json` says of a model: the language model's part, and those of its encoders.
struct ModelConfiguration {
  let root: Configuration
  /// The language model's own object, or the whole file.
  let text: Configuration
  let vision: Configuration?
  let audio: Configuration?
  /// The first class of `architectures`.
  let modelClass: String?
  let modelType: String?
  /// The architecture of GGUF files that this becomes, or the model type where GGUF has none.
  let architecture: String?

  private static let textNames = ["text_config", "llm_config", "language_config", "language_model_config"]
  private static let visionNames = ["vision_config", "vision_encoder_config", "visual", "vision_tower_config"]
  private static let audioNames = ["audio_config", "audio_encoder_config", "speech_config"]

  init(_ root: Configuration) {
    self.root = root
    // Models that listen, see and speak keep the part that thinks for itself.
    let thinker = root.nested("thinker_config") ?? root
    text = Self.textNames.lazy.compactMap { thinker.nested($0) }.first ?? thinker
    vision = Self.visionNames.lazy.compactMap { thinker.nested($0) }.first
    audio = Self.audioNames.lazy.compactMap { thinker.nested($0) }.first
    modelClass = root.texts("architectures").first ?? text.texts("architectures").first
    modelType = root.text("model_type")
    let inner = text.text("model_type")
    architecture =
      [modelClass, text.texts("architectures").first].lazy.compactMap { $0 }
      .compactMap { ConverterArchitectures.byClass[$0] }.first
      ?? Self.byModelType[inner ?? ""] ?? Self.byModelType[modelType ?? ""] ?? inner ?? modelType
  }

  /// A value of the language model, or of the whole file where its own part does not have it.
  func count(_ keys: String...) throws(ModelFileError) -> Int? {
    for key in keys {
      if let value = try text.count(key) { return value }
      if let value = try root.count(key) { return value }
    }
    return nil
  }

  func counts(_ keys: String...) throws(ModelFileError) -> ArchitectureKeys.Value? {
    for key in keys {
      if let value = try text.counts(key) { return value }
      if let value = try root.counts(key) { return value }
    }
    return nil
  }

  /// The architecture of language models that stand inside others and name no class, by their `model_type`.
  private static let byModelType: [String: String] = [
    "bert": "bert", "deepseek_v2": "deepseek2", "deepseek_v3": "deepseek2", "gemma": "gemma", "gemma2": "gemma2",
    "gemma3": "gemma3", "gemma3_text": "gemma3", "gemma3n_text": "gemma3n", "gemma4_text": "gemma4",
    "gpt_oss": "gpt-oss", "granite": "granite", "internlm2": "internlm2", "lfm2": "lfm2", "llama": "llama",
    "llama4_text": "llama4", "ministral3": "mistral3", "mistral": "llama", "mixtral": "llama", "phi3": "phi3",
    "qwen2": "qwen2", "qwen2_moe": "qwen2moe", "qwen2_5_vl_text": "qwen2vl", "qwen2_vl_text": "qwen2vl",
    "qwen3": "qwen3", "qwen3_5_text": "qwen35", "qwen3_5_moe_text": "qwen35moe", "qwen3_moe": "qwen3moe",
    "qwen3_next": "qwen3next", "qwen3_vl_text": "qwen3vl", "qwen3_vl_moe_text": "qwen3vlmoe", "smollm3": "smollm3",
    "t5": "t5",
  ]
}
