import ModelFiles
import TensorFormats

/// Collects the metadata and tensors of one shape in the order of a converted file.
struct BlueprintBuilder {
  let shape: ModelShape
  private(set) var pairs: [GGUFLayout.Pair] = []
  private(set) var tensors: [Blueprint.Tensor] = []
  /// `blk.N.` while the tensors of a layer are added.
  private var prefix = ""

  init(_ shape: ModelShape) { self.shape = shape }

  // MARK: Metadata

  mutating func add(_ key: String, _ value: GGUFValue) { pairs.append(.init(key, value)) }

  /// Adds a key of the architecture.
  mutating func set(_ suffix: String, _ value: GGUFValue) { add("\(shape.architecture).\(suffix)", value) }

  mutating func set(_ suffix: String, _ value: Int) { set(suffix, .uint32(UInt32(clamping: value))) }

  mutating func set(_ suffix: String, _ value: Double) { set(suffix, .float32(Float(value))) }

  /// The keys that every architecture has.
  mutating func addGeneralPairs() {
    add("general.architecture", .string(shape.architecture))
    add("general.name", .string(shape.name))
    set("block_count", shape.layers)
    set("context_length", shape.contextTokens)
    set("embedding_length", shape.hiddenSize)
    if Set(shape.feedForwardSizes).count > 1 {
      let sizes = (0..<shape.layers).map { Int32(clamping: shape.feedForwardSize($0)) }
      set("feed_forward_length", .int32s(sizes))
    } else {
      set("feed_forward_length", shape.feedForwardSize(0))
    }
    set("attention.head_count", shape.heads)
    addKeyValueHeads()
    if shape.latent == nil {
      set("attention.key_length", shape.keyLength)
      set("attention.value_length", shape.valueLength)
      set("rope.dimension_count", shape.ropeDimensions ?? shape.keyLength)
    }
    set("rope.freq_base", shape.ropeBase)
    set("attention.layer_norm_rms_epsilon", shape.normEpsilon)
    set("vocab_size", shape.vocabularySize)
    if let window = shape.slidingWindow { set("attention.sliding_window", window) }
    if let experts = shape.experts, let used = shape.expertsUsed, let inner = shape.expertFeedForwardSize {
      set("expert_count", experts)
      set("expert_used_count", used)
      set("expert_feed_forward_length", inner)
    }
    if let shared = shape.sharedExpertFeedForwardSize { set("expert_shared_feed_forward_length", shared) }
    add("tokenizer.ggml.model", .string("no_vocab"))
  }

  private mutating func addKeyValueHeads() {
    // Qwen 3.5 tells which layers attend in another way.
    if shape.attentionLayers.isEmpty || shape.architecture == "qwen35" {
      set("attention.head_count_kv", shape.latent == nil ? shape.kvHeads : 1)
    } else {
      let heads = (0..<shape.layers).map { shape.attends($0) ? Int32(clamping: shape.kvHeads) : 0 }
      set("attention.head_count_kv", .int32s(heads))
    }
  }

  // MARK: Tensors

  /// Adds a tensor, in the current layer if there is one.
  mutating func tensor(_ name: String, _ shape: Int...) {
    tensors.append(Blueprint.Tensor(name: prefix + name, shape: shape))
  }

  /// Adds a matrix from `columns` values to `rows`.
  mutating func matrix(_ role: String, _ columns: Int, _ rows: Int) { tensor(role + ".weight", columns, rows) }

  mutating func norm(_ role: String, _ size: Int) { tensor(role + ".weight", size) }

  mutating func bias(_ role: String, _ size: Int) { tensor(role + ".bias", size) }

  /// Adds the tensors of every layer.
  mutating func layers(_ body: (inout BlueprintBuilder, Int) throws(BlueprintError) -> Void) throws(BlueprintError) {
    for index in 0..<shape.layers {
      prefix = "blk.\(index)."
      try body(&self, index)
    }
    prefix = ""
  }

  /// The embedding, the norm before the output, and the output unless it is tied.
  mutating func embeddings(outputNorm: String = "output_norm") {
    matrix("token_embd", shape.hiddenSize, shape.vocabularySize)
    norm(outputNorm, shape.hiddenSize)
    if !shape.tiesEmbeddings { matrix("output", shape.hiddenSize, shape.vocabularySize) }
    switch shape.ropeFactors {
    case .none: break
    case .frequencies: norm("rope_freqs", (shape.ropeDimensions ?? shape.keyLength) / 2)
    case .longAndShort:
      norm("rope_factors_long", (shape.ropeDimensions ?? shape.keyLength) / 2)
      norm("rope_factors_short", (shape.ropeDimensions ?? shape.keyLength) / 2)
    }
  }

  /// Query, key, value and output matrices, in this order.
  mutating func attention(keyLength: Int? = nil) {
    let key = keyLength ?? shape.keyLength
    let value = keyLength ?? shape.valueLength
    matrix("attn_q", shape.hiddenSize, shape.heads * key)
    matrix("attn_k", shape.hiddenSize, shape.kvHeads * key)
    matrix("attn_v", shape.hiddenSize, shape.kvHeads * value)
    matrix("attn_output", shape.heads * value, shape.hiddenSize)
  }

  mutating func headNorms(_ size: Int) {
    norm("attn_q_norm", size)
    norm("attn_k_norm", size)
  }

  /// Gate, up and down matrices.
  mutating func feedForward(_ inner: Int) {
    matrix("ffn_gate", shape.hiddenSize, inner)
    matrix("ffn_up", shape.hiddenSize, inner)
    matrix("ffn_down", inner, shape.hiddenSize)
  }

  /// The router and the matrices of all experts.
  mutating func experts() {
    guard let count = shape.experts, let inner = shape.expertFeedForwardSize else { return }
    matrix("ffn_gate_inp", shape.hiddenSize, count)
    tensor("ffn_gate_exps.weight", shape.hiddenSize, inner, count)
    tensor("ffn_up_exps.weight", shape.hiddenSize, inner, count)
    tensor("ffn_down_exps.weight", inner, shape.hiddenSize, count)
  }

  /// The experts that every token uses.
  mutating func sharedExperts() {
    guard let inner = shape.sharedExpertFeedForwardSize, inner > 0 else { return }
    matrix("ffn_gate_shexp", shape.hiddenSize, inner)
    matrix("ffn_up_shexp", shape.hiddenSize, inner)
    matrix("ffn_down_shexp", inner, shape.hiddenSize)
  }

  /// Experts where the shape has some and the layer is not one of the leading dense ones, else one dense network.
  mutating func feedForwardOrExperts(_ layer: Int) {
    if shape.experts != nil, layer >= shape.leadingDenseLayers {
      experts()
      sharedExperts()
    } else {
      feedForward(shape.feedForwardSize(layer))
    }
  }
}
