import ModelFiles

/// Gemma 4: per-layer embeddings, longer heads in the layers that see everything, layers that use earlier caches.
enum Gemma4Blueprint {
  static let gemma4 = ArchitectureBlueprint(name: "gemma4") { builder throws(BlueprintError) in
    let shape = builder.shape
    guard let perLayer = shape.perLayer, let windowLength = shape.windowKeyLength, !shape.windowLayers.isEmpty else {
      throw BlueprintError(
        "The architecture 'gemma4' needs 'perLayerWidth', 'windowKeyLength' and 'windowLayers' in its shape.")
    }
    builder.set("embedding_length_per_layer_input", perLayer.width)
    builder.set("attention.shared_kv_layers", shape.sharedCacheLayers)
    builder.set("attention.key_length_swa", windowLength)
    builder.set("attention.value_length_swa", windowLength)
    builder.set("rope.dimension_count_swa", windowLength)
    builder.set("attention.sliding_window_pattern", .bools((0..<shape.layers).map { shape.isWindowed($0) }))
    builder.set("final_logit_softcapping", 30.0)
    let all = perLayer.width * shape.layers
    builder.embeddings()
    builder.norm("rope_freqs", shape.keyLength / 2)
    builder.matrix("per_layer_token_embd", all, shape.vocabularySize)
    builder.matrix("per_layer_model_proj", shape.hiddenSize, all)
    builder.norm("per_layer_proj_norm", perLayer.width)
    try builder.layers { builder, layer throws(BlueprintError) in
      let length = shape.isWindowed(layer) ? windowLength : shape.keyLength
      builder.norm("attn_norm", shape.hiddenSize)
      builder.attention(keyLength: length)
      builder.headNorms(length)
      builder.norm("post_attention_norm", shape.hiddenSize)
      builder.norm("layer_output_scale", 1)
      builder.norm("ffn_norm", shape.hiddenSize)
      builder.feedForward(shape.feedForwardSize(layer))
      builder.norm("post_ffw_norm", shape.hiddenSize)
      builder.matrix("inp_gate", shape.hiddenSize, perLayer.width)
      builder.matrix("proj", perLayer.width, shape.hiddenSize)
      builder.norm("post_norm", shape.hiddenSize)
    }
  }
}
