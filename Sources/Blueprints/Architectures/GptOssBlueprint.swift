import ModelFiles

/// gpt-oss: biases everywhere, attention sinks, experts in every layer.
enum GptOssBlueprint {
  static let gptOss = ArchitectureBlueprint(name: "gpt-oss") { builder throws(BlueprintError) in
    let shape = builder.shape
    guard let experts = shape.experts, let inner = shape.expertFeedForwardSize else {
      throw BlueprintError("The architecture 'gpt-oss' needs 'experts' in its shape.")
    }
    builder.set("rope.scaling.type", .string("yarn"))
    builder.set("rope.scaling.factor", 32.0)
    builder.set("rope.scaling.original_context_length", 4096)
    builder.embeddings()
    try builder.layers { builder, _ throws(BlueprintError) in
      builder.norm("attn_norm", shape.hiddenSize)
      builder.attention()
      builder.bias("attn_q", shape.heads * shape.keyLength)
      builder.bias("attn_k", shape.kvHeads * shape.keyLength)
      builder.bias("attn_v", shape.kvHeads * shape.valueLength)
      builder.bias("attn_output", shape.hiddenSize)
      builder.norm("attn_sinks", shape.heads)
      builder.norm("post_attention_norm", shape.hiddenSize)
      builder.experts()
      builder.bias("ffn_gate_inp", experts)
      builder.tensor("ffn_gate_exps.bias", inner, experts)
      builder.tensor("ffn_up_exps.bias", inner, experts)
      builder.tensor("ffn_down_exps.bias", shape.hiddenSize, experts)
    }
  }
}
