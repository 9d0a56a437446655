import Evidence
import ModelFiles
import TensorFormats

/// The terms of llama.cpp on a CPU.
struct LlamaCppMemory: Sendable {
  private static let source = "llama.cpp 0.5.0, followed step by step"

  let shape: LlamaCppShape?
  let model: ModelDescription

  /// Everything but the weights.
  func forecast(_ settings: MemorySettings) -> MemoryForecast {
    var terms: [MemoryTerm] = []
    var unknown: [MemoryTerm.Purpose] = []
    func add(_ purpose: MemoryTerm.Purpose, _ term: MemoryTerm?) {
      if let term { terms.append(term) } else { unknown.append(purpose) }
    }
    let cache = cache(settings)
    add(.kvCache, keyValueCache(settings, cache))
    if model.hasRecurrentLayers || model.recurrentStateBytes == nil {
      add(.recurrentState, recurrentState(settings))
    }
    add(.computeBuffer, computeBuffer(settings, cache))
    add(.outputBuffer, outputBuffer(settings))
    return MemoryForecast(engine: .llamaCpp, settings: settings, terms: terms, unknown: unknown)
  }

  private func cache(_ settings: MemorySettings) -> LlamaCppCache {
    let window = shape?.windowTokens ?? model.cacheLayers?.compactMap(\.windowTokens).max() ?? 0
    return LlamaCppCache(
      settings, windowTokens: window, fullLength: shape?.fullLength, windowLength: shape?.windowLength)
  }

  private func keyValueCache(_ settings: MemorySettings, _ cache: LlamaCppCache) -> MemoryTerm? {
    guard let groups = model.cacheLayers else { return nil }
    var total = 0.0
    var parts: [String] = []
    let widest = groups.map(\.valueValues).max() ?? 0
    for group in groups {
      let cells = group.growth == .window ? cache.windowCells : cache.fullCells
      // Without flash attention values lie transposed, in rows as wide as those of the widest layer.
      let values = settings.usesFlashAttention || group.valueValues == 0 ? group.valueValues : widest
      let perCell = Self.rowBytes(group.keyValues, settings.keyFormat) + Self.rowBytes(values, settings.valueFormat)
      total += Double(group.layerCount) * Double(cells) * Double(cache.streams) * perCell
      let side =
        values == 0 ? "K \(group.keyValues) x" : "(K \(group.keyValues) x \(bytes(settings.keyFormat)) + V \(values) x"
      let tail = values == 0 ? " \(bytes(settings.keyFormat))" : " \(bytes(settings.valueFormat)))"
      let streams = cache.streams > 1 ? " x \(cache.streams) sequences" : ""
      parts.append("\(group.layerCount) layers x \(cells) cells\(streams) x \(side)\(tail)")
    }
    return MemoryTerm(
      .kvCache, Quantity(total, evidence: .computed, source: Self.source + ": llama_kv_cache"),
      formula: parts.isEmpty ? "no layer caches keys and values" : parts.joined(separator: " + "))
  }

  /// The keys and values of a token in the layers that see the whole context.
  func kvBytesPerToken(_ settings: MemorySettings) -> Quantity? {
    guard let groups = model.cacheLayers else { return nil }
    let bytes = groups.filter { $0.growth == .full }.reduce(0) { total, group in
      total
        + Double(group.layerCount)
        * (Self.rowBytes(group.keyValues, settings.keyFormat) + Self.rowBytes(group.valueValues, settings.valueFormat))
    }
    return Quantity(
      bytes, evidence: .computed,
      source: Self.source + ": keys and values of one cell in the layers that see the whole context")
  }

  private func bytes(_ format: KVCacheFormat) -> String {
    let value = format.bytesPerValue
    return value == value.rounded() ? "\(Int(value))" : "\(value)"
  }

  /// The bytes of `values` values in whole blocks.
  private static func rowBytes(_ values: Int, _ format: KVCacheFormat) -> Double {
    Double(values) / Double(format.format.valuesPerBlock) * Double(format.format.bytesPerBlock)
  }

  private func recurrentState(_ settings: MemorySettings) -> MemoryTerm? {
    guard let each = model.recurrentStateBytes else { return nil }
    let sequences = max(1, settings.sequences)
    return MemoryTerm(
      .recurrentState,
      Quantity(Double(each) * Double(sequences), evidence: .computed, source: Self.source + ": llama_memory_recurrent"),
      formula: "\(sequences) sequences x \(each) bytes of state in F32")
  }

  private func outputBuffer(_ settings: MemorySettings) -> MemoryTerm? {
    guard let vocabulary = model.hyperparameters.vocabularySize else { return nil }
    let sequences = max(1, settings.sequences)
    return MemoryTerm(
      .outputBuffer,
      Quantity(
        4 * Double(vocabulary) * Double(sequences), evidence: .computed, source: Self.source + ": output_reserve"),
      formula: "\(sequences) sequences x \(vocabulary) tokens of the vocabulary x 4")
  }

  /// A step and a vocabulary beyond these are no model's; sizes would overflow.
  private static let mostTokens = 1 << 20

  private func computeBuffer(_ settings: MemorySettings, _ cache: LlamaCppCache) -> MemoryTerm? {
    let parameters = model.hyperparameters
    guard let width = parameters.embeddingLength, let vocabulary = parameters.vocabularySize else { return nil }
    let step = min(settings.microBatchTokens, settings.batchTokens, cache.contextTokens)
    if let shape, shape.isGraphKnown, step <= Self.mostTokens, cache.contextTokens <= 1 << 32 {
      let bytes = LlamaCppGraph.computeBufferBytes(shape, settings, cache)
      let flash = settings.usesFlashAttention ? "with" : "without"
      return MemoryTerm(
        .computeBuffer,
        Quantity(
          Double(bytes), evidence: .computed, source: Self.source + ": the graph's tensors given places as ggml does"),
        formula:
          "the most in use at once in the graph of a step of \(step) tokens, \(min(step, settings.outputTokens ?? step)) of "
          + "them with logits, \(flash) flash attention")
    }
    let outputs = min(step, settings.outputTokens ?? step)
    let inner = parameters.feedForwardLength?.max() ?? 4 * min(width, 1 << 24)
    let logits = 4 * (Double(outputs) * Double(vocabulary) + 2 * Double(step) * Double(width))
    let layer = 4 * Double(step) * (3 * Double(inner) + 3 * Double(width))
    let scores =
      settings.usesFlashAttention
      ? 0 : 4 * Double(parameters.headCount?.max() ?? 0) * Double(cache.fullCells) * Double(step)
    let value = max(logits, layer, scores)
    return MemoryTerm(
      .computeBuffer,
      Quantity(
        value, low: 0.9 * value, high: 2 * value, evidence: .assumed,
        source: "what plain transformers take at most; the graph of this architecture is not followed"),
      formula:
        "the largest of 4 x (\(outputs) logits x \(vocabulary) + 2 x \(step) tokens x \(width)), 4 x \(step) tokens x 3 x "
        + "(\(inner) + \(width)) and, without flash attention, the scores")
  }
}
