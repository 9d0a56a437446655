import ModelFiles

/// Gemma 3n: embeddings of their own for each layer, four streams (AltUp) and a low-rank path beside attention (LAuReL).
///
/// Source of the four streams, the rank of 64 and a layer in five that sees everything: the defaults of `Gemma3nTextConfig` in
/// transformers 5.23.0, which E2B and E4B keep; of the tensors: `src/models/gemma3n.cpp` and `conversion/gemma.py` of llama.cpp.
enum Gemma3nBlueprint {
  static let gemma3n = ArchitectureBlueprint(name: "gemma3n") { builder throws(BlueprintError) in
    let shape = builder.shape
    guard let perLayer = shape.perLayer else {
      throw BlueprintError("The architecture 'gemma3n' needs 'perLayerWidth' in its shape.")
    }
    let streams = 4
    let rank = 64
    builder.set("altup.active_idx", 0)
    builder.set("altup.num_inputs", streams)
    builder.set("embedding_length_per_layer_input", perLayer.width)
    builder.set("attention.shared_kv_layers", shape.sharedCacheLayers)
    builder.set(
      "attention.sliding_window_pattern",
      .bools((0..<shape.layers).map { shape.windowLayers.isEmpty ? $0 % 5 != 4 : shape.isWindowed($0) }))
    let all = perLayer.width * shape.layers
    builder.embeddings()
    builder.tensor("altup_proj.weight", shape.hiddenSize, shape.hiddenSize, streams - 1)
    builder.tensor("altup_unembd_proj.weight", shape.hiddenSize, shape.hiddenSize, streams - 1)
    builder.matrix("per_layer_token_embd", all, shape.vocabularySize)
    builder.matrix("per_layer_model_proj", shape.hiddenSize, all)
    builder.norm("per_layer_proj_norm", perLayer.width)
    try builder.layers { builder, layer throws(BlueprintError) in
      builder.norm("attn_norm", shape.hiddenSize)
      builder.attention()
      builder.headNorms(shape.keyLength)
      builder.norm("post_attention_norm", shape.hiddenSize)
      builder.norm("ffn_norm", shape.hiddenSize)
      builder.feedForward(shape.feedForwardSize(layer))
      builder.norm("post_ffw_norm", shape.hiddenSize)
      builder.matrix("inp_gate", shape.hiddenSize, perLayer.width)
      builder.matrix("proj", perLayer.width, shape.hiddenSize)
      builder.norm("post_norm", shape.hiddenSize)
      builder.matrix("altup_correct_coef", streams, streams)
      builder.norm("altup_correct_scale", shape.hiddenSize)
      builder.matrix("altup_predict_coef", streams, streams * streams)
      builder.matrix("altup_router", shape.hiddenSize, streams)
      builder.norm("altup_router_norm", shape.hiddenSize)
      builder.matrix("laurel_l", shape.hiddenSize, rank)
      builder.matrix("laurel_r", rank, shape.hiddenSize)
      builder.norm("laurel_post_norm", shape.hiddenSize)
    }
  }
}
