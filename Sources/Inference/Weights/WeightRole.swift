/// What a matrix does in the transformer.
package enum WeightRole: String, Hashable, Sendable, CaseIterable {
  case embedding
  case output
  case query
  case key
  case value
  case attentionOutput
  case gate
  case up
  case down

  /// The tensor name in GGUF files; `layer` is ignored by the roles that exist once.
  package func tensorName(layer: Int) -> String {
    switch self {
    case .embedding: "token_embd.weight"
    case .output: "output.weight"
    case .query: "blk.\(layer).attn_q.weight"
    case .key: "blk.\(layer).attn_k.weight"
    case .value: "blk.\(layer).attn_v.weight"
    case .attentionOutput: "blk.\(layer).attn_output.weight"
    case .gate: "blk.\(layer).ffn_gate.weight"
    case .up: "blk.\(layer).ffn_up.weight"
    case .down: "blk.\(layer).ffn_down.weight"
    }
  }

  /// Whether every layer has one.
  package var isPerLayer: Bool { self != .embedding && self != .output }

  /// Input values per row and rows of the matrix in `shape`.
  package func size(in shape: TransformerShape) -> (columns: Int, rows: Int) {
    switch self {
    case .embedding, .output: (shape.hiddenSize, shape.vocabularySize)
    case .query: (shape.hiddenSize, shape.querySize)
    case .key, .value: (shape.hiddenSize, shape.kvSize)
    case .attentionOutput: (shape.querySize, shape.hiddenSize)
    case .gate, .up: (shape.hiddenSize, shape.intermediateSize)
    case .down: (shape.intermediateSize, shape.hiddenSize)
    }
  }
}
