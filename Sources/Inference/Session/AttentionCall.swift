/// What attention does in one layer, beside the queries.
struct AttentionCall {
  /// The layer's number in the KV cache, which only layers with attention have.
  let attention: Int
  /// Whether rows see only a window.
  let isWindowed: Bool
  let scale: Float
  /// Scores are `softCap * tanh(score / softCap)`; 0 for no cap.
  let softCap: Float
  /// A logit for each head that takes part in the softmax without a value; nil for none.
  let sinks: [Float]?

  init(_ shape: TransformerShape, layer: Int, attention: Int, sinks: [Float]?) {
    self.attention = attention
    self.sinks = sinks
    isWindowed = shape.window(of: layer) != nil
    scale = shape.attentionScale
    softCap = shape.attentionSoftCap
  }
}
