package import Evidence
package import ModelFiles

extension MemoryNeed {
  /// The tokens that llama.cpp processes at once unless told otherwise (`-ub`).
  package static let defaultBatchTokens = 512
  /// llama.cpp keeps room for a multiple of this many tokens.
  static let cellStep = 256
  /// What llama.cpp's scheduler takes beside its buffers.
  static let schedulerBytes = 4.0 * 1024 * 1024

  /// Computes the need of `model` with `weights` for one sequence of `contextTokens`.
  ///
  /// Sizes are those of llama.cpp on a CPU; see each quantity's source. Everything is computed in floating point, so that
  /// absurd numbers in a file give absurd answers, not overflow.
  package init(
    _ model: ModelDescription, weights: Quantity?, contextTokens: Int, kvFormat: KVCacheFormat,
    batchTokens: Int = defaultBatchTokens
  ) {
    let batch = min(batchTokens, contextTokens)
    self.contextTokens = contextTokens
    self.kvFormat = kvFormat
    self.batchTokens = batch
    weightBytes = weights
    kvCacheBytes = model.cacheLayers.map { Self.kvCache($0, contextTokens: contextTokens, kvFormat, batch: batch) }
    kvBytesPerToken = model.cacheLayers.map { Self.kvPerToken($0, kvFormat) }
    if model.hasRecurrentLayers || model.recurrentStateBytes == nil {
      recurrentStateBytes = model.recurrentStateBytes.map {
        Quantity(
          Double($0), evidence: .computed, source: "state of the recurrent layers in F32, one sequence (llama.cpp)")
      }
    }
    computeBufferBytes = Self.computeBuffer(model.hyperparameters, contextTokens: contextTokens, batch: batch)
    overheadBytes = Self.overhead(model.hyperparameters, contextTokens: contextTokens, batch: batch)
    unknown = []
    if weights == nil { unknown.append("weights") }
    if kvCacheBytes == nil { unknown.append("kvCache") }
    if model.hasRecurrentLayers, recurrentStateBytes == nil { unknown.append("recurrentState") }
    if computeBufferBytes == nil { unknown.append("computeBuffer") }
    if overheadBytes == nil { unknown.append("overhead") }
    let parts = [weightBytes, kvCacheBytes, recurrentStateBytes, computeBufferBytes, overheadBytes].compactMap { $0 }
    totalBytes = Self.sum(parts)
  }

  /// The cells that a layer keeps for a context, rounded up as llama.cpp does.
  static func cells(_ layers: CacheLayers, contextTokens: Int, batch: Int) -> Int {
    func padded(_ count: Int) -> Int { (count + cellStep - 1) / cellStep * cellStep }
    let all = padded(min(contextTokens, 1 << 48))
    guard layers.growth == .window, let window = layers.windowTokens else { return all }
    return min(all, padded(min(window, 1 << 48) + batch))
  }

  private static func kvCache(
    _ layers: [CacheLayers], contextTokens: Int, _ format: KVCacheFormat, batch: Int
  ) -> Quantity {
    let bytes = layers.reduce(0) { total, group in
      let cells = Double(cells(group, contextTokens: contextTokens, batch: batch))
      return total + cells * Double(group.layerCount) * bytesPerCell(group, format)
    }
    return Quantity(
      bytes, evidence: .computed,
      source:
        "sum over layers of cells x KV heads x (key + value length) x \(format.bytesPerValue) bytes; cells are the "
        + "context (windowed layers: window + batch) rounded up to \(cellStep), as in llama.cpp")
  }

  private static func kvPerToken(_ layers: [CacheLayers], _ format: KVCacheFormat) -> Quantity {
    let bytes = layers.filter { $0.growth == .full }
      .reduce(0) { $0 + Double($1.layerCount) * bytesPerCell($1, format) }
    return Quantity(
      bytes, evidence: .computed,
      source: "layers that see the whole context x KV heads x (key + value length) x \(format.bytesPerValue) bytes")
  }

  private static func bytesPerCell(_ group: CacheLayers, _ format: KVCacheFormat) -> Double {
    Double(group.keyValues + group.valueValues) * format.bytesPerValue
  }

  /// Source: the buffer sizes that llama.cpp logs; exact for Llama-3-8B (258.50 MiB at a batch of 512).
  private static func computeBuffer(_ shape: Hyperparameters, contextTokens: Int, batch: Int) -> Quantity? {
    guard let width = shape.embeddingLength, let vocabulary = shape.vocabularySize else { return nil }
    let output = 4 * Double(batch) * (Double(vocabulary) + Double(width))
    let scores = shape.headCount?.max().map { 4 * Double($0) * Double(contextTokens) * Double(batch) }
    return Quantity(
      output, low: output, high: max(output, scores ?? output), evidence: .computed,
      source:
        "4 x batch x (vocabulary + embedding length) bytes, from llama.cpp's logs; the upper end is without flash "
        + "attention: 4 x heads x context x batch")
  }

  /// Source: the host buffer that llama.cpp logs (9.01 MiB for Llama-3-8B at a context of 512) and its scheduler.
  private static func overhead(_ shape: Hyperparameters, contextTokens: Int, batch: Int) -> Quantity? {
    guard let width = shape.embeddingLength else { return nil }
    let host = 4 * Double(batch) * (Double(width) + Double(contextTokens))
    return Quantity(
      host + schedulerBytes, evidence: .computed,
      source: "4 x batch x (embedding length + context) bytes of input buffers, and 4 MiB for the scheduler (llama.cpp)"
    )
  }

  private static func sum(_ parts: [Quantity]) -> Quantity {
    let isExact = parts.allSatisfy { $0.low == nil && $0.high == nil }
    return Quantity(
      parts.reduce(0) { $0 + $1.value }, low: isExact ? nil : parts.reduce(0) { $0 + ($1.low ?? $1.value) },
      high: isExact ? nil : parts.reduce(0) { $0 + ($1.high ?? $1.value) },
      evidence: parts.contains { $0.evidence == .published } ? .published : .computed,
      source: "the sum of the purposes")
  }
}
