package import Evidence

/// The memory that a model takes while it runs, by purpose; a purpose is nil when the model does not say enough.
package struct MemoryNeed: Codable, Sendable, Hashable {
  /// The context that the need is for.
  package var contextTokens: Int
  package var kvFormat: KVCacheFormat
  /// The most tokens that are processed at once.
  package var batchTokens: Int
  package var weightBytes: Quantity?
  package var kvCacheBytes: Quantity?
  /// What one more token of context costs while no window is full.
  package var kvBytesPerToken: Quantity?
  package var recurrentStateBytes: Quantity?
  package var computeBufferBytes: Quantity?
  package var overheadBytes: Quantity?
  /// The sum of the purposes that are known.
  package var totalBytes: Quantity
  /// The purposes that are not in the total because the model does not say enough.
  package var unknown: [String]
}
