import Kernels

/// What a session reserves beside the weights, by purpose.
package struct SessionMemory: Hashable, Sendable {
  /// Keys and values in F16 for every position of the context.
  package let kvCacheBytes: Int
  /// Activations of one batch.
  package let scratchBytes: Int
  /// The logits of one token.
  package let logitsBytes: Int

  package var totalBytes: Int { kvCacheBytes + scratchBytes + logitsBytes }

  /// Computes the need of a session before anything is allocated.
  ///
  /// Throws when the counts are out of range or the bytes overflow.
  package init(shape: TransformerShape, contextTokens: Int, batchTokens: Int) throws(InferenceError) {
    try shape.validate()
    guard contextTokens >= 1, contextTokens <= 1 << 28 else {
      throw .badParameter(name: "context", expected: "1 to \(1 << 28) tokens", found: contextTokens)
    }
    guard batchTokens >= 1, batchTokens <= 1 << 14 else {
      throw .badParameter(name: "batch", expected: "1 to \(1 << 14) tokens", found: batchTokens)
    }
    let (cacheBytes, overflow) = shape.kvBytesPerToken.multipliedReportingOverflow(by: contextTokens)
    guard !overflow else {
      throw .badParameter(name: "context", expected: "a KV cache below 2^63 bytes", found: contextTokens)
    }
    kvCacheBytes = cacheBytes
    scratchBytes = ScratchLayout(shape: shape, tokens: min(batchTokens, contextTokens)).byteCount
    logitsBytes = shape.vocabularySize * MemoryLayout<Float>.stride
  }
}
