/// Phi 3 and 4: query, key and value in one matrix, gate and up in one.
enum PhiBlueprint {
  static let phi3 = ArchitectureBlueprint(name: "phi3") { builder throws(BlueprintError) in
    guard builder.shape.heads * builder.shape.keyLength == builder.shape.hiddenSize else {
      throw BlueprintError(
        "In the architecture 'phi3' heads x head length must be the hidden size \(builder.shape.hiddenSize), not "
          + "\(builder.shape.heads) x \(builder.shape.keyLength).")
    }
    builder.embeddings()
    try builder.layers { builder, layer throws(BlueprintError) in
      let shape = builder.shape
      let keys = shape.kvHeads * shape.keyLength
      builder.norm("attn_norm", shape.hiddenSize)
      builder.matrix("attn_qkv", shape.hiddenSize, shape.hiddenSize + 2 * keys)
      builder.matrix("attn_output", shape.hiddenSize, shape.hiddenSize)
      builder.norm("ffn_norm", shape.hiddenSize)
      builder.matrix("ffn_up", shape.hiddenSize, 2 * shape.feedForwardSize(layer))
      builder.matrix("ffn_down", shape.feedForwardSize(layer), shape.hiddenSize)
    }
  }
}
