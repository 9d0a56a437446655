import ModelFiles

/// Models of which only some layers attend; the others are convolutions or keep a state.
enum HybridBlueprints {
  static let lfm2 = ArchitectureBlueprint(name: "lfm2") { builder throws(BlueprintError) in
    try shortConvolutions(&builder)
  }

  static let lfm2moe = ArchitectureBlueprint(name: "lfm2moe") { builder throws(BlueprintError) in
    builder.set("leading_dense_block_count", builder.shape.leadingDenseLayers)
    // Sigmoid.
    builder.set("expert_gating_func", 2)
    try shortConvolutions(&builder)
  }

  private static func shortConvolutions(_ builder: inout BlueprintBuilder) throws(BlueprintError) {
    let shape = builder.shape
    let kernel = try recurrence(shape).convolutionKernel
    builder.set("shortconv.l_cache", kernel)
    builder.embeddings(outputNorm: "token_embd_norm")
    try builder.layers { builder, layer throws(BlueprintError) in
      builder.norm("attn_norm", shape.hiddenSize)
      if shape.attends(layer) {
        builder.attention()
        builder.headNorms(shape.keyLength)
      } else {
        builder.matrix("shortconv.conv", kernel, shape.hiddenSize)
        builder.matrix("shortconv.in_proj", shape.hiddenSize, 3 * shape.hiddenSize)
        builder.matrix("shortconv.out_proj", shape.hiddenSize, shape.hiddenSize)
      }
      builder.norm("ffn_norm", shape.hiddenSize)
      builder.feedForwardOrExperts(layer)
      if shape.experts != nil, layer >= shape.leadingDenseLayers { builder.bias("exp_probs_b", shape.experts ?? 0) }
    }
  }

  static let graniteHybrid = ArchitectureBlueprint(name: "granitehybrid") { builder throws(BlueprintError) in
    let shape = builder.shape
    let recurrence = try recurrence(shape)
    guard recurrence.innerSize == 2 * shape.hiddenSize else {
      throw BlueprintError(
        "In the architecture 'granitehybrid' 'innerSize' must be twice the hidden size, \(2 * shape.hiddenSize), not "
          + "\(recurrence.innerSize).")
    }
    // Numbers that change results but no size: those of Granite 4.0.
    builder.set("logit_scale", 8.0)
    builder.set("residual_scale", 0.22)
    builder.set("embedding_scale", 12.0)
    builder.set("attention.scale", 0.0078125)
    // Attention without positions.
    builder.set("rope.scaling.finetuned", .bool(false))
    addStateKeys(&builder, recurrence)
    let mixed = recurrence.innerSize + 2 * recurrence.groups * recurrence.stateSize
    builder.embeddings()
    try builder.layers { builder, layer throws(BlueprintError) in
      builder.norm("attn_norm", shape.hiddenSize)
      if shape.attends(layer) {
        builder.attention()
      } else {
        builder.matrix("ssm_in", shape.hiddenSize, recurrence.innerSize + mixed + recurrence.heads)
        builder.matrix("ssm_conv1d", recurrence.convolutionKernel, mixed)
        builder.bias("ssm_conv1d", mixed)
        builder.bias("ssm_dt", recurrence.heads)
        builder.tensor("ssm_a", 1, recurrence.heads)
        builder.tensor("ssm_d", 1, recurrence.heads)
        builder.matrix("ssm_norm", recurrence.innerSize / max(1, recurrence.groups), recurrence.groups)
        builder.matrix("ssm_out", recurrence.innerSize, shape.hiddenSize)
      }
      builder.norm("ffn_norm", shape.hiddenSize)
      builder.feedForwardOrExperts(layer)
    }
  }

  static let qwen35 = ArchitectureBlueprint(name: "qwen35") { builder throws(BlueprintError) in
    let shape = builder.shape
    let recurrence = try recurrence(shape)
    addStateKeys(&builder, recurrence)
    builder.set("rope.dimension_sections", .int32s([11, 11, 10, 0]))
    let interval = shape.attentionLayers.firstIndex(of: true).map { $0 + 1 } ?? 0
    guard interval > 0, (0..<shape.layers).allSatisfy({ shape.attends($0) == ($0 % interval == interval - 1) }) else {
      throw BlueprintError(
        "In the architecture 'qwen35' every so many layers attend: 'attentionLayers' must be such as [3, 7, 11].")
    }
    builder.set("full_attention_interval", interval)
    let keys = recurrence.stateSize * recurrence.groups
    let values = recurrence.stateSize * recurrence.heads
    builder.embeddings()
    try builder.layers { builder, layer throws(BlueprintError) in
      builder.norm("attn_norm", shape.hiddenSize)
      if shape.attends(layer) {
        // Each query head comes with a gate of the same size.
        builder.matrix("attn_q", shape.hiddenSize, 2 * shape.heads * shape.keyLength)
        builder.matrix("attn_k", shape.hiddenSize, shape.kvHeads * shape.keyLength)
        builder.matrix("attn_v", shape.hiddenSize, shape.kvHeads * shape.valueLength)
        builder.matrix("attn_output", shape.heads * shape.keyLength, shape.hiddenSize)
        builder.headNorms(shape.keyLength)
      } else {
        builder.matrix("attn_qkv", shape.hiddenSize, 2 * keys + values)
        builder.matrix("attn_gate", shape.hiddenSize, values)
        builder.matrix("ssm_conv1d", recurrence.convolutionKernel, 2 * keys + values)
        builder.bias("ssm_dt", recurrence.heads)
        builder.tensor("ssm_a", recurrence.heads)
        builder.matrix("ssm_beta", shape.hiddenSize, recurrence.heads)
        builder.matrix("ssm_alpha", shape.hiddenSize, recurrence.heads)
        builder.norm("ssm_norm", recurrence.stateSize)
        builder.matrix("ssm_out", values, shape.hiddenSize)
      }
      builder.norm("post_attention_norm", shape.hiddenSize)
      builder.feedForward(shape.feedForwardSize(layer))
    }
  }

  private static func recurrence(_ shape: ModelShape) throws(BlueprintError) -> ModelShape.Recurrence {
    guard let recurrence = shape.recurrence, !shape.attentionLayers.isEmpty else {
      throw BlueprintError(
        "The architecture '\(shape.architecture)' needs 'attentionLayers' and the sizes of its recurrent layers "
          + "('convolutionKernel', 'innerSize', 'stateSize', 'recurrentHeads', 'groups') in its shape.")
    }
    return recurrence
  }

  private static func addStateKeys(_ builder: inout BlueprintBuilder, _ recurrence: ModelShape.Recurrence) {
    builder.set("ssm.conv_kernel", recurrence.convolutionKernel)
    builder.set("ssm.inner_size", recurrence.innerSize)
    builder.set("ssm.state_size", recurrence.stateSize)
    builder.set("ssm.time_step_rank", recurrence.heads)
    builder.set("ssm.group_count", recurrence.groups)
  }
}
