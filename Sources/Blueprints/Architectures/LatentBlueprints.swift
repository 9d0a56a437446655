/// DeepSeek 2 and 3: keys and values in one compressed vector, shared experts, dense layers at the start.
enum LatentBlueprints {
  static let deepseek2 = ArchitectureBlueprint(name: "deepseek2") { builder throws(BlueprintError) in
    let shape = builder.shape
    guard let latent = shape.latent, shape.experts != nil, let expert = shape.expertFeedForwardSize else {
      throw BlueprintError(
        "The architecture 'deepseek2' needs 'keyValueRank', 'ropeLength', 'experts', 'expertsUsed' and "
          + "'expertFeedForwardSize' in its shape.")
    }
    let plain = shape.keyLength - latent.ropeLength
    guard plain > 0 else {
      throw BlueprintError("'keyLength' (\(shape.keyLength)) must exceed 'ropeLength' (\(latent.ropeLength)).")
    }
    builder.set("attention.key_length", latent.keyValueRank + latent.ropeLength)
    builder.set("attention.value_length", latent.keyValueRank)
    builder.set("attention.key_length_mla", shape.keyLength)
    builder.set("attention.value_length_mla", shape.valueLength)
    builder.set("attention.kv_lora_rank", latent.keyValueRank)
    if let rank = latent.queryRank { builder.set("attention.q_lora_rank", rank) }
    builder.set("rope.dimension_count", latent.ropeLength)
    builder.set("leading_dense_block_count", shape.leadingDenseLayers)
    let shared = shape.sharedExperts ?? (shape.sharedExpertFeedForwardSize ?? 0) / expert
    builder.set("expert_shared_count", shared)
    builder.embeddings()
    try builder.layers { builder, layer throws(BlueprintError) in
      builder.norm("attn_norm", shape.hiddenSize)
      if let rank = latent.queryRank {
        builder.norm("attn_q_a_norm", rank)
        builder.matrix("attn_q_a", shape.hiddenSize, rank)
        builder.matrix("attn_q_b", rank, shape.heads * shape.keyLength)
      } else {
        builder.matrix("attn_q", shape.hiddenSize, shape.heads * shape.keyLength)
      }
      builder.norm("attn_kv_a_norm", latent.keyValueRank)
      builder.matrix("attn_kv_a_mqa", shape.hiddenSize, latent.keyValueRank + latent.ropeLength)
      builder.tensor("attn_k_b.weight", plain, latent.keyValueRank, shape.heads)
      builder.tensor("attn_v_b.weight", latent.keyValueRank, shape.valueLength, shape.heads)
      builder.matrix("attn_output", shape.heads * shape.valueLength, shape.hiddenSize)
      builder.norm("ffn_norm", shape.hiddenSize)
      builder.feedForwardOrExperts(layer)
    }
  }
}
