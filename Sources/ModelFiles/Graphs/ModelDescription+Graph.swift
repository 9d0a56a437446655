extension ModelDescription {
  /// What is known of a graph before it is looked at: the name of its file or folder, and the configuration beside it.
  static func besideGraph(path: String?, suffix: String) -> ModelDescription {
    let parts = (path ?? "model").split(separator: "/").map(String.init)
    var stem = parts.last ?? "model"
    if stem.hasSuffix(suffix) { stem = String(stem.dropLast(suffix.count)) }
    // Exporters call every model the same; the folder tells them apart.
    if ["model", "openvino_model", "openvino_language_model", "decoder_model_merged"].contains(stem), parts.count > 1 {
      let folder = parts[parts.count - 2]
      stem = ["onnx", "openvino"].contains(folder) && parts.count > 2 ? parts[parts.count - 3] : folder
    }
    var model = ModelDescription(
      name: stem, origin: .file, source: path ?? "memory", architecture: nil, parameterCount: nil, parameterSource: "",
      hyperparameters: Hyperparameters())
    if let file = path {
      model.addConfiguration(
        folder: file.lastIndex(of: "/").map { $0 == file.startIndex ? "/" : String(file[..<$0]) } ?? ".")
    }
    return model
  }

  /// Takes the layers, heads and head sizes of the KV cache from the inputs (or variables) that carry it.
  mutating func describeCache(inputs: [GraphPort]) {
    var keys: [Int: Int] = [:]
    var values: [Int: Int] = [:]
    var heads: [Int: Int] = [:]
    var lengths: [Int: Int] = [:]
    for cached in inputs.compactMap(\.cached) {
      if cached.isKey {
        keys[cached.layer] = cached.heads * cached.length
        heads[cached.layer] = cached.heads
        lengths[cached.layer] = cached.length
      } else {
        values[cached.layer] = cached.heads * cached.length
      }
    }
    guard !keys.isEmpty, keys.count == values.count else {
      if cacheLayers == nil, keys.isEmpty { recurrentStateBytes = cacheLayers == nil ? nil : recurrentStateBytes }
      return
    }
    var groups: [CacheLayers] = []
    for layer in keys.keys.sorted() {
      guard let key = keys[layer], let value = values[layer] else { continue }
      if groups.last?.keyValues == key, groups.last?.valueValues == value {
        groups[groups.count - 1].layerCount += 1
      } else {
        groups.append(CacheLayers(growth: .full, layerCount: 1, keyValues: key, valueValues: value))
      }
    }
    cacheLayers = groups
    recurrentStateBytes = recurrentStateBytes ?? 0
    let counts = keys.keys.sorted().compactMap { heads[$0] }
    hyperparameters.headCountKV = hyperparameters.headCountKV ?? (Set(counts).count == 1 ? [counts[0]] : counts)
    hyperparameters.keyLength = hyperparameters.keyLength ?? lengths.values.max()
    hyperparameters.blockCount = hyperparameters.blockCount ?? keys.count
  }

  /// Guesses from inputs and outputs what the model is for, where no configuration said it.
  mutating func setKind(inputs: [GraphPort], outputs: [GraphPort]) {
    guard kind == .unknown else { return }
    let names = Set(inputs.map { $0.name.lowercased() })
    let hasTokens = names.contains("input_ids") || names.contains("inputs_embeds")
    let pixels = inputs.contains { $0.name.lowercased().contains("pixel") || $0.sizes.count == 4 && $0.sizes[1] == 3 }
    if hasTokens, cacheLayers?.isEmpty == false {
      kind = .language
    } else if names.contains("input_features") {
      kind = .speech
    } else if pixels, !hasTokens {
      kind = .vision
    } else if hasTokens, outputs.contains(where: { $0.name.contains("embedding") }) {
      kind = .embedding
    } else if hasTokens, outputs.contains(where: { $0.name.contains("last_hidden_state") }) {
      kind = .encoder
    }
    if modalities.isEmpty {
      switch kind {
      case .language, .embedding, .encoder: modalities = [.text]
      case .vision: modalities = [.image]
      case .speech: modalities = [.audio]
      default: break
      }
    }
  }
}
