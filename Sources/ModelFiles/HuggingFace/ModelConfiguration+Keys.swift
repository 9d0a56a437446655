import JSON

extension ModelConfiguration {
  /// The numbers under the names of GGUF files, so that one set of rules works out layers and caches.
  ///
  /// `predictionLayers` says whether the weights hold the layers that predict further tokens. Source of the names:
  /// `set_gguf_parameters` of llama.cpp's `conversion/*.py`; the fields are those of the transformers library.
  func keys(predictionLayers: Bool) throws(ModelFileError) -> ArchitectureKeys {
    var values: [String: ArchitectureKeys.Value] = [:]
    func set(_ key: String, _ value: Int?) { if let value { values[key] = .integer(value) } }
    let declared = try count(
      "num_hidden_layers", "n_layers", "n_layer", "num_layers", "num_decoder_layers", "decoder_layers", "encoder_layers"
    )
    let layers = declared ?? layerNames.count.nonZero
    let predicting =
      predictionLayers ? try count("num_nextn_predict_layers", "mtp_num_hidden_layers", "num_mtp_layers") ?? 0 : 0
    guard layers ?? 0 <= LayerPlan.mostLayers, predicting <= LayerPlan.mostLayers else {
      throw ModelFileError(
        .malformed,
        "'num_hidden_layers' is \((layers ?? 0) + predicting); a model has at most \(LayerPlan.mostLayers) layers. "
          + "Download the file again.", path: root.path)
    }
    set("block_count", layers.map { $0 + predicting })
    set("nextn_predict_layers", predicting.nonZero)
    set(
      "context_length",
      try count(
        "max_position_embeddings", "n_ctx", "n_positions", "max_sequence_length", "max_seq_len", "seq_length",
        "max_target_positions", "model_max_length"))
    let width = try count("hidden_size", "n_embd", "d_model", "dim", "model_dim")
    set("embedding_length", width)
    values["feed_forward_length"] = try counts(
      "intermediate_size", "n_inner", "ffn_hidden_size", "d_ff", "ffn_dim", "decoder_ffn_dim", "hidden_dim", "n_ff")
    let heads = try counts(
      "num_attention_heads", "n_head", "n_heads", "num_heads", "decoder_attention_heads", "num_query_heads")
    values["attention.head_count"] = heads
    values["attention.head_count_kv"] = try headsKV(heads)
    let head = try count("head_dim", "attention_head_dim", "kv_channels", "d_kv")
    set("attention.key_length", head)
    set("attention.value_length", head)
    set("vocab_size", try count("vocab_size", "padded_vocab_size", "n_vocab"))
    setRotary(&values)
    if let epsilon = text.number("rms_norm_eps", "norm_eps") {
      values["attention.layer_norm_rms_epsilon"] = .number(epsilon)
    }
    if let epsilon = text.number("layer_norm_eps", "layer_norm_epsilon", "norm_epsilon") {
      values["attention.layer_norm_epsilon"] = .number(epsilon)
    }
    try setExperts(&values)
    try setLatent(&values)
    try setState(&values, width: width)
    try setLayers(&values, layers: layers ?? 0, predicting: predicting)
    if isEncoder { values["attention.causal"] = .flag(false) }
    return ArchitectureKeys(architecture: architecture ?? "", values: values)
  }

  private func headsKV(_ heads: ArchitectureKeys.Value?) throws(ModelFileError) -> ArchitectureKeys.Value? {
    if let own = try counts(
      "num_key_value_heads", "n_kv_heads", "num_kv_heads", "num_key_value_heads_per_layer", "multi_query_group_num")
    {
      // Falcon writes the number even where `multi_query` makes it one for all.
      let isOne = text.flag("multi_query") == true && text.flag("new_decoder_architecture") == false
      return isOne ? .integer(1) : own
    }
    if let attention = text.nested("attn_config"), let own = try attention.count("kv_n_heads") { return .integer(own) }
    return text.flag("multi_query") == true ? .integer(1) : heads
  }

  private func setRotary(_ values: inout [String: ArchitectureKeys.Value]) {
    let parameters = text.nested("rope_parameters")
    let rotary = parameters?.nested("full_attention") ?? parameters
    if let base = text.number("rope_theta") ?? rotary?.number("rope_theta") { values["rope.freq_base"] = .number(base) }
    guard let scaling = text.nested("rope_scaling") ?? rotary, let type = scaling.text("rope_type", "type"),
      type != "default"
    else { return }
    values["rope.scaling.type"] = .text(type == "su" ? "longrope" : type)
    let numbers = [
      "factor": "rope.scaling.factor", "attention_factor": "rope.scaling.attn_factor",
      "beta_fast": "rope.scaling.yarn_beta_fast", "beta_slow": "rope.scaling.yarn_beta_slow",
      "low_freq_factor": "rope.scaling.low_freq_factor", "high_freq_factor": "rope.scaling.high_freq_factor",
    ]
    for (key, name) in numbers { if let number = scaling.number(key) { values[name] = .number(number) } }
    if let original = scaling.value("original_max_position_embeddings")?.integer {
      values["rope.scaling.original_context_length"] = .integer(original)
    }
  }

  private func setExperts(_ values: inout [String: ArchitectureKeys.Value]) throws(ModelFileError) {
    let nested = text.nested("ffn_config")
    let own = try self.count("num_local_experts", "num_experts", "n_routed_experts", "moe_num_experts")
    let inner = try nested?.count("moe_num_experts")
    guard let count = own ?? inner, count > 0 else { return }
    values["expert_count"] = .integer(count)
    let used = try self.counts("num_experts_per_tok", "num_experts_per_token", "top_k_experts", "moe_topk", "moe_k")
    let innerUsed = try nested?.counts("moe_top_k")
    values["expert_used_count"] = used ?? innerUsed
    values["expert_feed_forward_length"] = try counts(
      "moe_intermediate_size", "expert_intermediate_size", "expert_ffn_hidden_size", "moe_ffn_hidden_size")
    let shared = try self.count("n_shared_experts", "num_shared_experts", "moe_num_shared_experts", "num_shared_expert")
    let sharedWidth = try self.count(
      "shared_expert_intermediate_size", "moe_shared_expert_intermediate_size", "shared_intermediate_size")
    if let shared { values["expert_shared_count"] = .integer(shared) }
    if let sharedWidth, sharedWidth > 0 {
      values["expert_shared_feed_forward_length"] = .integer(sharedWidth)
      if shared == nil { values["expert_shared_count"] = .integer(1) }
    }
    if let dense = try self.count("first_k_dense_replace", "num_dense_layers", "moe_layer_start_index") {
      values["leading_dense_block_count"] = .integer(dense)
    }
  }

  /// Multi-head latent attention: one compressed vector for all heads, with the rotated part of the key.
  private func setLatent(_ values: inout [String: ArchitectureKeys.Value]) throws(ModelFileError) {
    guard let rank = try count("kv_lora_rank"), rank > 0 else { return }
    let rotated = try count("qk_rope_head_dim") ?? 0
    let plain = try count("qk_nope_head_dim") ?? 0
    let value = try count("v_head_dim") ?? plain
    values["attention.kv_lora_rank"] = .integer(rank)
    if let query = try count("q_lora_rank") { values["attention.q_lora_rank"] = .integer(query) }
    values["rope.dimension_count"] = .integer(rotated)
    values["attention.key_length_mla"] = .integer(plain + rotated)
    values["attention.value_length_mla"] = .integer(value)
    // llama.cpp expands keys and values of these before it caches them.
    let isExpanded = architecture == "minicpm3" || architecture == "plm"
    values["attention.key_length"] = .integer(isExpanded ? plain + rotated : rank + rotated)
    values["attention.value_length"] = .integer(isExpanded ? value : rank)
    if !isExpanded { values["attention.head_count_kv"] = .integer(1) }
  }
}

extension Int {
  /// nil for 0.
  var nonZero: Int? { self == 0 ? nil : self }
}
