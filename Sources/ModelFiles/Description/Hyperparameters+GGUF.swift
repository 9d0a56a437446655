extension Hyperparameters {
  /// Reads the keys of `keys.architecture`.
  ///
  /// A default that the GGUF specification gives (key and value heads as many as query heads, heads that share the
  /// embedding evenly) is filled in; anything else that is missing stays nil.
  init(_ keys: ArchitectureKeys) {
    blockCount = keys.count("block_count")
    contextTokens = keys.count("context_length")
    embeddingLength = keys.count("embedding_length")
    feedForwardLength = keys.counts("feed_forward_length")
    expertFeedForwardLength = keys.counts("expert_feed_forward_length")?.max()
    headCount = keys.counts("attention.head_count")
    headCountKV = keys.counts("attention.head_count_kv") ?? headCount
    let evenShare: Int? =
      if let embeddingLength, let heads = headCount?.max(), heads > 0 { embeddingLength / heads } else { nil }
    keyLength = keys.count("attention.key_length") ?? evenShare
    valueLength = keys.count("attention.value_length") ?? evenShare
    ropeDimensionCount = keys.count("rope.dimension_count")
    ropeBase = keys.double("rope.freq_base")
    rmsEpsilon = keys.double("attention.layer_norm_rms_epsilon")
    layerNormEpsilon = keys.double("attention.layer_norm_epsilon")
    slidingWindowTokens = keys.positive("attention.sliding_window")
    slidingWindowPattern = keys.count("attention.sliding_window_pattern")
    expertCount = keys.positive("expert_count")
    expertUsedCount = keys.counts("expert_used_count").flatMap { $0.max() }.flatMap { $0 > 0 ? $0 : nil }
    expertSharedCount = keys.count("expert_shared_count")
    expertSharedFeedForwardLength = keys.count("expert_shared_feed_forward_length")
    leadingDenseBlockCount = keys.count("leading_dense_block_count")
    latentRank = keys.positive("attention.kv_lora_rank")
    latentQueryRank = keys.positive("attention.q_lora_rank")
    latentKeyLength = keys.positive("attention.key_length_mla")
    latentValueLength = keys.positive("attention.value_length_mla")
    predictionLayerCount = keys.positive("nextn_predict_layers")
    sharedCacheLayerCount = keys.positive("attention.shared_kv_layers")
    vocabularySize = keys.count("vocab_size")
  }

  /// Reads the keys of a GGUF file, and what its tensors tell beyond them.
  init(_ keys: ArchitectureKeys, file: GGUFFile) {
    self.init(keys)
    ropeScaling = RopeScaling(keys, file: file)
    let embedding = file.tensor(named: "token_embd.weight")
    vocabularySize =
      embedding?.shape.dropFirst().first ?? vocabularySize
      ?? file.metadata["tokenizer.ggml.tokens"]?.array?.count
    tiedOutput = embedding == nil ? nil : file.tensor(named: "output.weight") == nil
  }
}

extension RopeScaling {
  /// Reads the scaling of a GGUF file; nil when it has none.
  init?(_ keys: ArchitectureKeys, file: GGUFFile) {
    // Llama 3 files keep no parameters: the factor of each frequency is stored as a tensor.
    self.init(keys, hasFactors: file.tensor(named: "rope_freqs.weight") != nil)
  }

  /// Reads the scaling; nil when there is none.
  init?(_ keys: ArchitectureKeys, hasFactors: Bool = false) {
    let type = keys.string("rope.scaling.type")
    let factor = keys.double("rope.scaling.factor") ?? keys.double("rope.scale_linear")
    if let type, type != "none" {
      self.init(type: type)
    } else if hasFactors {
      self.init(type: "llama3")
    } else if let factor, factor != 1 {
      self.init(type: "linear")
    } else {
      return nil
    }
    self.factor = factor
    originalContextTokens = keys.count("rope.scaling.original_context_length")
    attentionFactor = keys.double("rope.scaling.attn_factor")
    betaFast = keys.double("rope.scaling.yarn_beta_fast")
    betaSlow = keys.double("rope.scaling.yarn_beta_slow")
    lowFrequencyFactor = keys.double("rope.scaling.low_freq_factor")
    highFrequencyFactor = keys.double("rope.scaling.high_freq_factor")
  }
}
