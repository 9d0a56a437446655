/// Where a model adds biases.
package enum BiasPlace: Hashable, Sendable, CaseIterable {
  /// To queries, keys and values.
  case projection
  /// To the attention's output.
  case attentionOutput
  /// To gate, up and down of a dense feed-forward block.
  case feedForward
  /// To the router and to gate, up and down of every expert.
  case experts
}
