/// The seconds of one pass through a model, by what takes them.
package struct PassTime: Codable, Sendable, Hashable {
  /// Products of weights.
  package var weightSeconds = 0.0
  /// Reading the KV cache and computing attention.
  package var attentionSeconds = 0.0
  /// Everything else: loops, norms, activations, roundings.
  package var otherSeconds = 0.0

  package var seconds: Double { weightSeconds + attentionSeconds + otherSeconds }
}
