/// Llama and those that differ from it by norms and biases alone, experts included.
enum DenseBlueprints {
  static let llama = ArchitectureBlueprint(name: "llama") { builder throws(BlueprintError) in
    // llama.cpp takes the width of Llama's experts from the dense width.
    if builder.shape.experts != nil, builder.shape.expertFeedForwardSize != builder.shape.feedForwardSize(0) {
      throw BlueprintError(
        "In the architecture 'llama' experts are as wide as 'feedForwardSize' (\(builder.shape.feedForwardSize(0))); "
          + "give 'expertFeedForwardSize' the same number.")
    }
    try plain(&builder)
  }

  static let mistral3 = ArchitectureBlueprint(name: "mistral3") { builder throws(BlueprintError) in
    try plain(&builder)
  }

  static let smollm3 = ArchitectureBlueprint(name: "smollm3") { builder throws(BlueprintError) in try plain(&builder) }

  static let granite = ArchitectureBlueprint(name: "granite") { builder throws(BlueprintError) in
    // Numbers that change results but no size: those of Granite 4.0 Micro.
    builder.set("logit_scale", 10.0)
    builder.set("residual_scale", 0.22)
    builder.set("embedding_scale", 12.0)
    builder.set("attention.scale", 0.015625)
    try plain(&builder)
  }

  static let qwen2 = ArchitectureBlueprint(name: "qwen2") { builder throws(BlueprintError) in
    builder.embeddings()
    try builder.layers { builder, layer throws(BlueprintError) in
      let shape = builder.shape
      builder.norm("attn_norm", shape.hiddenSize)
      builder.attention()
      builder.bias("attn_q", shape.heads * shape.keyLength)
      builder.bias("attn_k", shape.kvHeads * shape.keyLength)
      builder.bias("attn_v", shape.kvHeads * shape.valueLength)
      builder.norm("ffn_norm", shape.hiddenSize)
      builder.feedForward(shape.feedForwardSize(layer))
    }
  }

  static let qwen3 = ArchitectureBlueprint(name: "qwen3") { builder throws(BlueprintError) in
    try withHeadNorms(&builder)
  }

  static let qwen3moe = ArchitectureBlueprint(name: "qwen3moe") { builder throws(BlueprintError) in
    guard builder.shape.experts != nil else {
      throw BlueprintError("The architecture 'qwen3moe' needs 'experts' in its shape.")
    }
    try withHeadNorms(&builder)
  }

  static let olmo2 = ArchitectureBlueprint(name: "olmo2") { builder throws(BlueprintError) in
    builder.embeddings()
    try builder.layers { builder, layer throws(BlueprintError) in
      let shape = builder.shape
      builder.attention()
      builder.norm("attn_q_norm", shape.heads * shape.keyLength)
      builder.norm("attn_k_norm", shape.kvHeads * shape.keyLength)
      builder.norm("post_attention_norm", shape.hiddenSize)
      builder.feedForward(shape.feedForwardSize(layer))
      builder.norm("post_ffw_norm", shape.hiddenSize)
    }
  }

  private static func plain(_ builder: inout BlueprintBuilder) throws(BlueprintError) {
    builder.embeddings()
    try builder.layers { builder, layer throws(BlueprintError) in
      builder.norm("attn_norm", builder.shape.hiddenSize)
      builder.attention()
      builder.norm("ffn_norm", builder.shape.hiddenSize)
      builder.feedForwardOrExperts(layer)
    }
  }

  private static func withHeadNorms(_ builder: inout BlueprintBuilder) throws(BlueprintError) {
    builder.embeddings()
    try builder.layers { builder, layer throws(BlueprintError) in
      builder.norm("attn_norm", builder.shape.hiddenSize)
      builder.attention()
      builder.headNorms(builder.shape.keyLength)
      builder.norm("ffn_norm", builder.shape.hiddenSize)
      builder.feedForwardOrExperts(layer)
    }
  }
}
