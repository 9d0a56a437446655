import JSON

extension ModelConfiguration {
  /// The kind of each layer as written: `layer_types`, or the letters of a hybrid pattern; empty when all are alike.
  var layerNames: [String] {
    let named = ["layer_types", "layers_block_type", "attn_type_list", "block_types"].lazy.map { text.texts($0) }
      .first { $0.count > 1 }
    if let named { return named }
    let pattern = text.text("hybrid_override_pattern") ?? ""
    return pattern.map { String($0) }
  }

  /// Names of layers that keep a state of fixed size instead of keys and values.
  private static let recurrent: Set<String> = [
    "linear_attention", "mamba", "mamba2", "conv", "recurrent", "M", "lightning_attention", "kda",
  ]
  /// Names of layers that see a window or a chunk of the context.
  private static let windowed: Set<String> = ["sliding_attention", "chunked_attention", "local", "local_attention"]
  /// Names of layers that are a feed-forward network alone.
  private static let feedForward: Set<String> = ["-", "E", "mlp", "moe"]

  /// The recurrent state: its widths, under the names that llama.cpp has for Mamba.
  func setState(_ values: inout [String: ArchitectureKeys.Value], width: Int?) throws(ModelFileError) {
    if let kernel = try count("conv_L_cache") { values["shortconv.l_cache"] = .integer(kernel) }
    if let delta = text.nested("linear_attn_config") {
      if let head = try delta.count("head_dim") { values["kda.head_dim"] = .integer(head) }
      if let kernel = try delta.count("short_conv_kernel_size") { values["ssm.conv_kernel"] = .integer(kernel) }
    }
    if modelType?.hasPrefix("rwkv") == true, let head = try count("head_size", "head_dim") {
      values["wkv.head_size"] = .integer(head)
    }
    if let state = try count("linear_key_head_dim") {
      values["ssm.state_size"] = .integer(state)
      values["ssm.group_count"] = try counts("linear_num_key_heads")
      values["ssm.conv_kernel"] = try counts("linear_conv_kernel_dim")
      let heads = try count("linear_num_value_heads") ?? 0
      values["ssm.inner_size"] = .integer(heads * (try count("linear_value_head_dim") ?? 0))
      return
    }
    guard let state = try count("mamba_d_state", "ssm_state_size", "state_size", "ssm_cfg_d_state") else { return }
    values["ssm.state_size"] = .integer(state)
    values["ssm.conv_kernel"] = try counts("mamba_d_conv", "conv_kernel", "d_conv") ?? .integer(4)
    // Mamba 1 has no groups.
    if let groups = try count("mamba_n_groups", "n_groups") { values["ssm.group_count"] = .integer(groups) }
    let product: Int? =
      if let heads = try count("mamba_num_heads", "mamba_n_heads", "num_heads"),
        let head = try count("mamba_head_dim", "mamba_d_head")
      { heads * head } else { nil }
    let expanded = (try count("mamba_expand", "expand") ?? 2) * (width ?? 0)
    let stated = try count("mamba_d_ssm", "mamba_intermediate_size")
    values["ssm.inner_size"] = .integer(product ?? stated ?? expanded)
  }

  /// Windows, layers without attention, and layers that share a cache.
  func setLayers(
    _ values: inout [String: ArchitectureKeys.Value], layers: Int, predicting: Int
  ) throws(ModelFileError) {
    if let sharing = try count("num_kv_shared_layers"), sharing > 0 {
      values["attention.shared_kv_layers"] = .integer(sharing)
    }
    let names = layerNames
    guard names.isEmpty || layers == 0 || names.count >= layers else {
      throw ModelFileError(
        .malformed,
        "The list of layer kinds has \(names.count) entries, but 'num_hidden_layers' is \(layers). Download the file "
          + "again, or correct it.", path: root.path)
    }
    let kinds = Array(names.prefix(layers))
    try setWindows(&values, kinds: kinds)
    var recurrent = kinds.map { Self.recurrent.contains($0) || Self.feedForward.contains($0) ? 1 : 0 }
    if recurrent.isEmpty { recurrent = try periodic(layers: layers) }
    guard recurrent.contains(1) else { return }
    let ahead = Array(repeating: 0, count: predicting)
    values["attention.recurrent_layers"] = .list(recurrent + ahead)
    if kinds.contains(where: Self.feedForward.contains), case .integer(let inner)? = values["feed_forward_length"] {
      values["feed_forward_length"] = .list(kinds.map { Self.feedForward.contains($0) ? max(1, inner) : 0 } + ahead)
    }
  }

  private func setWindows(_ values: inout [String: ArchitectureKeys.Value], kinds: [String]) throws(ModelFileError) {
    let isSwitchedOff = text.flag("use_sliding_window") == false
    guard !isSwitchedOff,
      let window = try count("sliding_window", "sliding_window_size", "attention_chunk_size", "local_attention")?
        .nonZero
    else { return }
    let flags = kinds.map { Self.windowed.contains($0) ? 1 : 0 }
    if kinds.contains(where: { $0.hasSuffix("attention") || $0 == "local" }) {
      guard flags.contains(1) else { return }
      values["attention.sliding_window"] = .integer(window)
      values["attention.sliding_window_pattern"] = .list(flags)
    } else {
      values["attention.sliding_window"] = .integer(window)
      if let period = text.value("sliding_window_pattern")?.integer ?? text.value("_sliding_window_pattern")?.integer,
        (0...LayerPlan.mostLayers).contains(period)
      {
        values["attention.sliding_window_pattern"] = .integer(period)
      }
    }
    // Gemma 4 has wider heads, and its own number of them, in the layers that see everything.
    guard let wide = try count("global_head_dim"), wide > 0, let narrow = try count("head_dim") else { return }
    values["attention.key_length"] = .integer(wide)
    values["attention.value_length"] = .integer(wide)
    values["attention.key_length_swa"] = .integer(narrow)
    values["attention.value_length_swa"] = .integer(narrow)
    if let few = try count("num_global_key_value_heads"), let many = try count("num_key_value_heads"), !flags.isEmpty {
      values["attention.head_count_kv"] = .list(flags.map { $0 == 1 ? many : few })
    }
  }

  /// Layers without attention, where a period or a list of the attending ones says it.
  private func periodic(layers: Int) throws(ModelFileError) -> [Int] {
    if let period = try count("attn_layer_period"), period > 0 {
      let offset = try count("attn_layer_offset") ?? 0
      return (0..<layers).map { $0 % period == offset % period ? 0 : 1 }
    }
    if let interval = try count("full_attention_interval"), interval > 0, text.has("linear_key_head_dim") {
      return (0..<layers).map { ($0 + 1) % interval == 0 ? 0 : 1 }
    }
    // Kimi counts from 1, the others from 0.
    if let listed = text.nested("linear_attn_config")?.value("full_attn_layers")?.array {
      let attending = Set(listed.compactMap(\.integer))
      return (0..<layers).map { attending.contains($0 + 1) ? 0 : 1 }
    }
    if let listed = text.value("full_attn_idxs")?.array ?? text.value("attn_layer_indices")?.array {
      let attending = Set(listed.compactMap(\.integer))
      return (0..<layers).map { attending.contains($0) ? 0 : 1 }
    }
    if modelType == "mamba" || modelType == "mamba2" { return Array(repeating: 1, count: layers) }
    return []
  }
}
