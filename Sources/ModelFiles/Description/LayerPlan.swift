/// What each layer of a model keeps between tokens, from its metadata.
///
/// Source of the rules: the loaders of llama.cpp (`src/models`), which decide it when a file does not say.
package struct LayerPlan: Sendable {
  /// What one layer keeps.
  package enum Layer: Hashable, Sendable {
    case full(keyValues: Int, valueValues: Int)
    case window(tokens: Int, keyValues: Int, valueValues: Int)
    /// It uses the cache of an earlier layer, or has no attention.
    case nothing
  }

  /// Each layer in turn.
  package var layers: [Layer] = []
  /// Layers that keep a state of fixed size, which may be so beside a cache.
  package var recurrentLayers = 0
  /// What is unusual, as sentences.
  package var notes: [String] = []

  /// Of so many layers the last sees everything, for files that have a window but do not say which layers use it.
  static let windowPeriods: [String: Int] = [
    "afmoe": 4, "cohere2": 4, "exaone4": 4, "gemma2": 2, "gemma3": 6, "gemma3n": 5, "gpt-oss": 2, "llama4": 4,
    "olmo2": 4,
  ]
  /// Architectures whose files may carry a window that llama.cpp does not use.
  static let unusedWindow: Set<String> = ["llama", "mistral3", "phi3", "qwen2", "qwen2moe", "qwen3", "qwen3moe"]
  /// The chunk of Llama 4, which its files do not state.
  static let llama4ChunkTokens = 8192
  /// Every fourth layer of these attends, when the file does not say; the others are recurrent.
  static let attentionInterval: [String: Int] = ["qwen35": 4, "qwen35moe": 4, "qwen3next": 4]
  /// More layers than any model has; a damaged count must not cost memory.
  static let mostLayers = 4096

  /// Works out the layers; nil when the metadata does not say enough.
  package init?(_ keys: ArchitectureKeys, _ shape: Hyperparameters) {
    guard let blockCount = shape.blockCount, blockCount <= Self.mostLayers else { return nil }
    let isRecurrentFamily = ["ssm.state_size", "wkv.head_size", "kda.head_dim"].contains { keys.has($0) }
    if isRecurrentFamily, shape.headCount?.max() ?? 0 == 0 {
      layers = Array(repeating: .nothing, count: blockCount)
      recurrentLayers = blockCount
      return
    }
    if keys.flag("attention.causal") == false {
      layers = Array(repeating: .nothing, count: blockCount)
      notes.append("Attention is not causal (an encoder), so nothing is cached between calls.")
      return
    }
    guard shape.headCountKV != nil, let keyLength = shape.keyLength, let valueLength = shape.valueLength else {
      return nil
    }
    let isLatent = shape.latentRank != nil && shape.headCountKV?.max() == 1
    let predicting = shape.predictionLayerCount ?? 0
    let sharing = shape.sharedCacheLayerCount ?? 0
    let interval = keys.count("full_attention_interval") ?? Self.attentionInterval[keys.architecture]
    let windowed = windowedLayers(keys, shape, blockCount: blockCount)
    let recurrent = keys.list("attention.recurrent_layers")
    for index in 0..<blockCount {
      guard let heads = shape.headCountKV(layer: index) else { return nil }
      let isListed = recurrent.flatMap { $0.indices.contains(index) ? $0[index] == 0 : nil }
      let attends = isListed ?? interval.map { $0 > 0 && (index + 1) % $0 == 0 } ?? (heads > 0)
      if !attends {
        // Of the layers of Nemotron-H without attention, those with a feed-forward network are nothing else.
        let isFeedForward = keys.architecture.hasPrefix("nemotron_h") && shape.feedForwardLength(layer: index) ?? 0 > 0
        let keepsState = isRecurrentFamily || keys.has("shortconv.l_cache")
        if index < blockCount - predicting, keepsState, !isFeedForward { recurrentLayers += 1 }
        layers.append(.nothing)
      } else if index >= blockCount - predicting - sharing {
        layers.append(.nothing)
      } else if let window = windowed[index] {
        let key = keys.count("attention.key_length_swa") ?? keyLength
        let value = keys.count("attention.value_length_swa") ?? valueLength
        guard let keys = Self.width(heads, key), let values = Self.width(heads, value) else { return nil }
        layers.append(.window(tokens: window, keyValues: keys, valueValues: values))
      } else {
        guard let keys = Self.width(heads, keyLength), let values = Self.width(heads, isLatent ? 0 : valueLength)
        else { return nil }
        layers.append(.full(keyValues: keys, valueValues: values))
      }
    }
    if keys.architecture == "falcon-h1" || keys.architecture == "plamo2" {
      recurrentLayers = blockCount
    }
    if predicting > 0 {
      notes.append("The last \(predicting) layers predict further tokens (MTP) and are not counted in the KV cache.")
    }
    if sharing > 0 { notes.append("The last \(sharing) layers use the KV cache of earlier layers.") }
  }

  /// The values of so many heads; nil when there are more than any model has, so that later sums cannot overflow.
  private static func width(_ heads: Int, _ length: Int) -> Int? {
    let (values, overflow) = heads.multipliedReportingOverflow(by: length)
    return overflow || values > 1 << 32 ? nil : values
  }

  /// The window of each layer that has one.
  private mutating func windowedLayers(
    _ keys: ArchitectureKeys, _ shape: Hyperparameters, blockCount: Int
  ) -> [Int: Int] {
    var window = shape.slidingWindowTokens
    if keys.architecture == "llama4", window == nil { window = Self.llama4ChunkTokens }
    guard let window else { return [:] }
    if let flags = keys.list("attention.sliding_window_pattern") {
      let windowed = flags.prefix(blockCount).enumerated().filter { $0.element != 0 }
      return Dictionary(windowed.map { ($0.offset, window) }, uniquingKeysWith: { first, _ in first })
    }
    if Self.unusedWindow.contains(keys.architecture) {
      notes.append("The file states a sliding window of \(window) tokens, which llama.cpp does not use here.")
      return [:]
    }
    guard let period = shape.slidingWindowPattern ?? Self.windowPeriods[keys.architecture] else {
      notes.append(
        "The file states a sliding window of \(window) tokens but not which layers use it: the KV cache is computed "
          + "as if none did, which is the most that it can be.")
      return [:]
    }
    let windowed = (0..<blockCount).filter { period == 0 || $0 % period < period - 1 }
    return Dictionary(windowed.map { ($0, window) }, uniquingKeysWith: { first, _ in first })
  }

  /// The layers in groups that are alike, full layers first.
  package var groups: [CacheLayers] {
    var counts: [Layer: Int] = [:]
    var order: [Layer] = []
    for layer in layers where layer != .nothing {
      if counts.updateValue((counts[layer] ?? 0) + 1, forKey: layer) == nil { order.append(layer) }
    }
    let groups = order.map { layer -> CacheLayers in
      let count = counts[layer] ?? 0
      return switch layer {
      case .full(let keys, let values):
        CacheLayers(growth: .full, layerCount: count, keyValues: keys, valueValues: values)
      case .window(let tokens, let keys, let values):
        CacheLayers(growth: .window, layerCount: count, windowTokens: tokens, keyValues: keys, valueValues: values)
      case .nothing: CacheLayers(growth: .full, layerCount: 0, keyValues: 0, valueValues: 0)
      }
    }
    return groups.filter { $0.growth == .full } + groups.filter { $0.growth == .window }
  }
}
