package import Kernels

/// What a session reserves beside the weights, by purpose.
package struct SessionMemory: Hashable, Sendable {
  /// Keys and values for every position of the context, in whole pages.
  package let kvCacheBytes: Int
  /// Activations of one batch.
  package let scratchBytes: Int
  /// The logits of one token.
  package let logitsBytes: Int

  package var totalBytes: Int { kvCacheBytes + scratchBytes + logitsBytes }

  /// Computes the need of a session before anything is allocated.
  ///
  /// Throws when the counts are out of range or the bytes overflow.
  package init(
    shape: TransformerShape, contextTokens: Int, batchTokens: Int, cacheFormat: CellFormat = .f16
  ) throws(InferenceError) {
    try shape.validate()
    guard contextTokens >= 1, contextTokens <= 1 << 28 else {
      throw .badParameter(name: "context", expected: "1 to \(1 << 28) tokens", found: contextTokens)
    }
    guard batchTokens >= 1, batchTokens <= 1 << 14 else {
      throw .badParameter(name: "batch", expected: "1 to \(1 << 14) tokens", found: batchTokens)
    }
    guard shape.headSize.isMultiple(of: cacheFormat.headSizeMultiple) else {
      throw .badParameter(
        name: "cache format \(cacheFormat.rawValue)",
        expected: "a head size that is a multiple of \(cacheFormat.headSizeMultiple)", found: shape.headSize)
    }
    let pageTokens = CellFormat.pagePositions
    guard !shape.cacheBytesPerToken(cacheFormat).multipliedReportingOverflow(by: contextTokens + pageTokens).overflow
    else {
      throw .badParameter(name: "context", expected: "a KV cache below 2^63 bytes", found: contextTokens)
    }
    kvCacheBytes = KeyValueCache.byteCount(shape: shape, contextTokens: contextTokens, format: cacheFormat)
    scratchBytes = ScratchLayout(shape: shape, tokens: min(batchTokens, contextTokens)).byteCount
    logitsBytes = shape.vocabularySize * MemoryLayout<Float>.stride
  }
}
