/// How the layers of a model attend to earlier tokens; it decides how large the KV cache is.
package enum AttentionKind: String, Sendable, Codable, CaseIterable {
  /// Every query head has its own key and value head.
  case multiHead
  /// Several query heads share a key and value head.
  case groupedQuery
  /// All query heads share one key and value head.
  case multiQuery
  /// Keys and values are kept as one compressed vector per token (MLA).
  case latent
  /// No layer attends: the state does not grow with the context.
  case recurrent
}
