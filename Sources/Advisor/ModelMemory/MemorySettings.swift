/// How a model is to be run, as far as memory depends on it.
package struct MemorySettings: Sendable, Hashable, Codable {
  /// The context of all sequences together, as llama.cpp counts it (`-c`).
  package var contextTokens: Int
  /// The most tokens of one step (`-ub`).
  package var microBatchTokens = 512
  /// The most tokens that are handed over at once (`-b`).
  package var batchTokens = 2048
  /// Sequences at the same time (`-np`).
  package var sequences = 1
  /// Whether all sequences share one cache (`-kvu`).
  package var isUnified = false
  package var keyFormat = KVCacheFormat.f16
  package var valueFormat = KVCacheFormat.f16
  /// Whether attention is computed in one operation (`-fa`); on unless told otherwise.
  package var usesFlashAttention = true
  /// Whether layers with a window keep the whole context (`--swa-full`).
  package var keepsFullWindow = false
  /// Tokens of a batch whose logits are wanted; nil for all, as the library and llama-bench have it.
  package var outputTokens: Int?

  package init(contextTokens: Int) { self.contextTokens = contextTokens }
}
