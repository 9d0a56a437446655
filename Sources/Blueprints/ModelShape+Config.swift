package import JSON

extension ModelShape {
  /// The architecture as GGUF names it for each `model_type` of a `config.json` whose tensors are known.
  ///
  /// Source: the classes of llama.cpp's converter (`conversion`).
  private static let architectures = [
    "deepseek_v2": "deepseek2", "deepseek_v3": "deepseek2", "gemma2": "gemma2", "gemma3": "gemma3",
    "gemma3_text": "gemma3", "gemma3n": "gemma3n", "gemma3n_text": "gemma3n", "gpt_oss": "gpt-oss",
    "granite": "granite", "lfm2": "lfm2", "lfm2_moe": "lfm2moe",
    "llama": "llama", "mistral": "llama", "mixtral": "llama", "ministral3": "mistral3", "mistral3": "mistral3",
    "olmo2": "olmo2", "phi3": "phi3", "qwen2": "qwen2", "qwen3": "qwen3", "qwen3_5": "qwen35", "qwen3_5_text": "qwen35",
    "qwen3_moe": "qwen3moe", "smollm3": "smollm3",
  ]

  /// The shape that a `config.json` of a Hugging Face model states; vision and sound parts are left out.
  package init(config: JSON, name: String) throws(BlueprintError) {
    let text = config["text_config"] ?? config["llm_config"] ?? config["language_config"] ?? config
    func count(_ keys: String...) -> Int? { keys.lazy.compactMap { text[$0]?.integer }.first }
    let type = text["model_type"]?.string ?? config["model_type"]?.string ?? ""
    let known = Self.architectures[type] ?? config["model_type"]?.string.flatMap { Self.architectures[$0] }
    guard let architecture = known else {
      throw BlueprintError(
        "The tensors of 'model_type' '\(type.prefix(60))' are not known. Known are: "
          + Self.architectures.keys.sorted().joined(separator: ", ") + ".")
    }
    guard let layers = count("num_hidden_layers", "n_layer"), let hidden = count("hidden_size", "n_embd"),
      let heads = count("num_attention_heads", "n_head"), heads > 0, let vocabulary = count("vocab_size")
    else {
      throw BlueprintError(
        "The config lacks one of num_hidden_layers, hidden_size, num_attention_heads and vocab_size; without these there "
          + "is no shape.")
    }
    let isLfm = architecture == "lfm2"
    let widths = text["intermediate_size"]?.array?.compactMap(\.integer) ?? []
    let inner =
      widths.first ?? count("intermediate_size", "block_ff_dim", "ffn_dim", "n_inner") ?? 4 * min(hidden, Self.most)
    self.init(
      architecture: architecture, name: name, layers: layers, hiddenSize: hidden,
      feedForwardSize: isLfm ? Self.adjusted(inner, text) : inner, heads: heads,
      kvHeads: count("num_key_value_heads") ?? heads, headSize: count("head_dim") ?? hidden / heads,
      vocabularySize: vocabulary, contextTokens: count("max_position_embeddings") ?? 4096,
      tiesEmbeddings: (text["tie_word_embeddings"] ?? config["tie_word_embeddings"])?.bool
        ?? architecture.hasPrefix("gemma"))
    ropeBase = (text["rope_theta"] ?? text["rope_parameters"]?["rope_theta"])?.double ?? 10_000
    normEpsilon = text["rms_norm_eps"]?.double ?? 1e-5
    slidingWindow = architecture == "llama" || architecture.hasPrefix("qwen") ? nil : count("sliding_window")
    let scaling = text["rope_scaling"] ?? text["rope_parameters"]
    switch (scaling?["rope_type"] ?? scaling?["type"])?.string {
    case "llama3": ropeFactors = .frequencies
    case "longrope", "su": ropeFactors = .longAndShort
    default: break
    }
    if let part = text["partial_rotary_factor"]?.double, part > 0, part < 1 {
      ropeDimensions = Int(Double(keyLength) * part)
    }
    if widths.count == layers { feedForwardSizes = widths }
    readExperts(count, architecture: architecture)
    try readLayers(text, count)
  }

  private mutating func readExperts(_ count: (String...) -> Int?, architecture: String) {
    guard let number = count("num_experts", "num_local_experts", "n_routed_experts"), number > 0 else { return }
    experts = number
    expertsUsed = count("num_experts_per_tok", "experts_per_token", "num_experts_per_token")
    expertFeedForwardSize = count("moe_intermediate_size", "intermediate_size")
    leadingDenseLayers = count("first_k_dense_replace", "num_dense_layers") ?? 0
    sharedExperts = count("n_shared_experts")
    sharedExpertFeedForwardSize =
      count("shared_expert_intermediate_size", "shared_intermediate_size")
      ?? sharedExperts.flatMap { shared in
        expertFeedForwardSize.map { min($0, Self.most) * min(shared, Self.most) }
      }
  }

  private mutating func readLayers(_ text: JSON, _ count: (String...) -> Int?) throws(BlueprintError) {
    if let rank = count("kv_lora_rank"), let rope = count("qk_rope_head_dim"), let plain = count("qk_nope_head_dim") {
      latent = Latent(queryRank: count("q_lora_rank"), keyValueRank: rank, ropeLength: rope)
      keyLength = min(plain, Self.most) + min(rope, Self.most)
      valueLength = count("v_head_dim") ?? plain
      kvHeads = heads
    }
    if architecture == "gemma3n" { try readStreams(text, count) }
    guard architecture.hasPrefix("lfm2") || architecture == "qwen35" else { return }
    guard let kinds = text["layer_types"]?.array?.compactMap(\.string), kinds.count == layers else {
      throw BlueprintError("The config must list the kind of each of the \(layers) layers in 'layer_types'.")
    }
    attentionLayers = kinds.map { $0 == "full_attention" }
    var part = Recurrence(convolutionKernel: count("conv_L_cache", "linear_conv_kernel_dim") ?? 3)
    if architecture == "qwen35" {
      part.heads = count("linear_num_value_heads") ?? 32
      part.groups = count("linear_num_key_heads") ?? 16
      part.stateSize = count("linear_key_head_dim") ?? 128
      part.innerSize = min(part.heads, Self.most) * min(part.stateSize, Self.most)
    }
    recurrence = part
  }

  /// Gemma 3n: embeddings of the layers' own, and layers that use the cache of earlier ones.
  private mutating func readStreams(_ text: JSON, _ count: (String...) -> Int?) throws(BlueprintError) {
    guard let width = count("hidden_size_per_layer_input") else {
      throw BlueprintError("The config lacks hidden_size_per_layer_input, the width of the layers' own embeddings.")
    }
    // llama.cpp's converter takes no other numbers.
    for (name, value) in [("altup_num_inputs", 4), ("laurel_rank", 64)] where count(name) ?? value != value {
      throw BlueprintError("'\(name)' is \(count(name) ?? 0); tensors are known for \(value) alone.")
    }
    // The converter fills the table up to the whole vocabulary.
    perLayer = PerLayer(width: width, vocabularySize: vocabularySize)
    sharedCacheLayers = count("num_kv_shared_layers") ?? 0
    let kinds = text["layer_types"]?.array?.compactMap(\.string) ?? []
    if kinds.count == layers { windowLayers = kinds.map { $0 == "sliding_attention" } }
  }

  /// The feed-forward width of LFM2, whose config may state one that is then made smaller.
  private static func adjusted(_ width: Int, _ text: JSON) -> Int {
    guard text["block_auto_adjust_ff_dim"]?.bool == true, width < most else { return width }
    let scaled = Double(2 * width / 3) * (text["block_ffn_dim_multiplier"]?.double ?? 1)
    let step = max(1, min(text["block_multiple_of"]?.integer ?? 256, most))
    guard scaled.isFinite, scaled > 0, scaled < Double(most) else { return width }
    return (Int(scaled) + step - 1) / step * step
  }
}
