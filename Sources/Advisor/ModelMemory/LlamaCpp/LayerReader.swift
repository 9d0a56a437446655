import ModelFiles

/// Reads layers from the tensors that a file has and the keys of its architecture.
struct LayerReader {
  let file: GGUFFile
  let keys: ArchitectureKeys
  let shape: Hyperparameters
  let plan: LayerPlan

  /// Layer `index`; nil when it has parts that are not known.
  func layer(_ index: Int) -> LayerShape? {
    guard let mixer = mixer(index), let feedForward = feedForward(index) else { return nil }
    return LayerShape(
      mixer: mixer, feedForward: feedForward, hasNormBefore: has(index, "attn_norm.weight"),
      hasNormAfterMixer: has(index, "post_attention_norm.weight") && keepsNormAfterMixer,
      hasNormAfterFeedForward: has(index, "post_ffw_norm.weight"),
      scalesResidual: keys.architecture.hasPrefix("granite") && keys.double("residual_scale") ?? 0 != 0,
      addsOwnEmbedding: has(index, "inp_gate.weight"))
  }

  /// In gpt-oss and Qwen 3.5 the norm of that name is the one before the feed-forward network.
  private var keepsNormAfterMixer: Bool { keys.architecture != "gpt-oss" && keys.architecture != "qwen35" }

  private func has(_ index: Int, _ name: String) -> Bool { file.tensor(named: "blk.\(index).\(name)") != nil }

  private func tensor(_ index: Int, _ name: String) -> TensorDescription? { file.tensor(named: "blk.\(index).\(name)") }

  private func mixer(_ index: Int) -> LayerShape.Mixer? {
    if let kernel = tensor(index, "shortconv.conv.weight")?.shape.first { return .convolution(kernel: kernel) }
    if has(index, "ssm_conv1d.weight"), let recurrence {
      return has(index, "ssm_beta.weight")
        ? .delta(recurrence) : has(index, "ssm_in.weight") ? .stateSpace(recurrence) : nil
    }
    guard let heads = shape.headCount(layer: index), heads > 0 else { return nil }
    if has(index, "attn_k_b.weight") { return latent(index, heads: heads).map(LayerShape.Mixer.latent) }
    guard let kvHeads = shape.headCountKV(layer: index), kvHeads > 0 else { return nil }
    var isWindowed = false
    var storesCache = true
    var keyLength = shape.keyLength ?? 0
    var valueLength = shape.valueLength ?? 0
    switch plan.layers[index] {
    case .window(_, let keyValues, let valueValues):
      isWindowed = true
      keyLength = keyValues / kvHeads
      valueLength = valueValues / kvHeads
    case .full: break
    case .nothing: storesCache = false
    }
    guard keyLength > 0, valueLength > 0 else { return nil }
    let name = keys.architecture
    return .attention(
      LayerShape.Attention(
        heads: heads, kvHeads: kvHeads, keyLength: keyLength, valueLength: valueLength, isWindowed: isWindowed,
        storesCache: storesCache, isFused: has(index, "attn_qkv.weight"), hasBiases: has(index, "attn_q.bias"),
        hasHeadNorms: has(index, "attn_q_norm.weight"), hasOutputBias: has(index, "attn_output.bias"),
        scalesQueries: name == "gemma2" || name == "gemma3" || name == "phi3",
        hasSoftCap: name == "gemma2",
        isRotated: !(name == "granitehybrid" || name == "smollm3" && (index + 1).isMultiple(of: 4)),
        hasGate: name == "qwen35", normalizesValues: name == "gemma4"))
  }

  private func latent(_ index: Int, heads: Int) -> LayerShape.Latent? {
    guard let rank = keys.count("attention.kv_lora_rank"), rank > 0, let rope = shape.ropeDimensionCount,
      let key = keys.count("attention.key_length_mla"), let value = keys.count("attention.value_length_mla")
    else { return nil }
    return LayerShape.Latent(
      heads: heads, queryRank: has(index, "attn_q_a.weight") ? keys.count("attention.q_lora_rank") : nil,
      keyValueRank: rank, ropeLength: rope, keyLength: key, valueLength: value)
  }

  private var recurrence: LayerShape.Recurrence? {
    guard let kernel = keys.count("ssm.conv_kernel"), let inner = keys.count("ssm.inner_size"),
      let state = keys.count("ssm.state_size"), let heads = keys.count("ssm.time_step_rank"), heads > 0
    else { return nil }
    return LayerShape.Recurrence(
      kernel: kernel, innerSize: inner, stateSize: state, heads: heads, groups: keys.count("ssm.group_count") ?? 1)
  }

  private func feedForward(_ index: Int) -> LayerShape.FeedForward? {
    if let router = tensor(index, "ffn_gate_inp.weight"), let down = tensor(index, "ffn_down_exps.weight") {
      guard let used = shape.expertUsedCount, router.shape.count > 1, has(index, "ffn_up_exps.weight") else {
        return nil
      }
      let scale = keys.double("expert_weights_scale") ?? 0
      let name = keys.architecture
      return .experts(
        LayerShape.Experts(
          count: router.shape[1], used: used, width: down.shape[0], hasBiases: has(index, "ffn_up_exps.bias"),
          hasChoiceBias: has(index, "exp_probs_b.bias"), weighsAfterChoice: name == "gpt-oss",
          normalizesWeights: name == "deepseek2" ? keys.flag("expert_weights_norm") ?? false : name != "gpt-oss",
          scalesWeights: scale != 0 && scale != 1,
          sharedWidth: tensor(index, "ffn_down_shexp.weight")?.shape.first ?? 0))
    }
    guard let down = tensor(index, "ffn_down.weight"), let up = tensor(index, "ffn_up.weight"), up.shape.count > 1
    else {
      return has(index, "ffn_down.weight") ? nil : LayerShape.FeedForward.none
    }
    let width = down.shape[0]
    return .dense(width: width, isFused: up.shape[1] == 2 * width, hasGate: has(index, "ffn_gate.weight"))
  }
}
