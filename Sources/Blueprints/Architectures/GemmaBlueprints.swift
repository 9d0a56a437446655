import ModelFiles

/// Gemma 2 and 3: norms around both blocks, a window in most layers.
enum GemmaBlueprints {
  static let gemma2 = ArchitectureBlueprint(name: "gemma2") { builder throws(BlueprintError) in
    builder.set("attn_logit_softcapping", 50.0)
    builder.set("final_logit_softcapping", 30.0)
    try layers(&builder, hasHeadNorms: false)
  }

  static let gemma3 = ArchitectureBlueprint(name: "gemma3") { builder throws(BlueprintError) in
    try layers(&builder, hasHeadNorms: true)
  }

  private static func layers(_ builder: inout BlueprintBuilder, hasHeadNorms: Bool) throws(BlueprintError) {
    builder.embeddings()
    try builder.layers { builder, layer throws(BlueprintError) in
      let shape = builder.shape
      builder.norm("attn_norm", shape.hiddenSize)
      builder.attention()
      if hasHeadNorms { builder.headNorms(shape.keyLength) }
      builder.norm("post_attention_norm", shape.hiddenSize)
      builder.norm("ffn_norm", shape.hiddenSize)
      builder.feedForward(shape.feedForwardSize(layer))
      builder.norm("post_ffw_norm", shape.hiddenSize)
    }
  }
}
