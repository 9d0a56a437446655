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
  case router
  /// The gates of all experts, one after the other; so are the other two.
  case expertGate
  case expertUp
  case expertDown
  case convolutionInput
  case convolutionOutput

  /// The tensor name in GGUF files; `layer` is ignored by the roles that exist once.
  package func tensorName(layer: Int) -> String {
    let name =
      switch self {
      case .embedding: "token_embd"
      case .output: "output"
      case .query: "attn_q"
      case .key: "attn_k"
      case .value: "attn_v"
      case .attentionOutput: "attn_output"
      case .gate: "ffn_gate"
      case .up: "ffn_up"
      case .down: "ffn_down"
      case .router: "ffn_gate_inp"
      case .expertGate: "ffn_gate_exps"
      case .expertUp: "ffn_up_exps"
      case .expertDown: "ffn_down_exps"
      case .convolutionInput: "shortconv.in_proj"
      case .convolutionOutput: "shortconv.out_proj"
      }
    return (isPerLayer ? "blk.\(layer)." : "") + name + ".weight"
  }

  /// Whether layers have one, rather than the model.
  package var isPerLayer: Bool { self != .embedding && self != .output }

  /// Whether it holds the matrices of all experts, of which a token uses some.
  package var isExperts: Bool { self == .expertGate || self == .expertUp || self == .expertDown }

  /// Whether a model has one in `layer`; roles that exist once count as layer 0.
  package func exists(in shape: TransformerShape, layer: Int) -> Bool {
    switch self {
    case .embedding: layer == 0
    case .output: layer == 0 && !shape.tiedOutput
    case .query, .key, .value, .attentionOutput: shape.mixer(of: layer) == .attention
    case .gate, .up, .down: shape.experts == nil
    case .router, .expertGate, .expertUp, .expertDown: shape.experts != nil
    case .convolutionInput, .convolutionOutput: shape.mixer(of: layer) == .convolution
    }
  }

  /// Input values per row, and rows of the matrix in `shape`, those of all experts together.
  package func size(in shape: TransformerShape) -> (columns: Int, rows: Int) {
    let experts = shape.experts
    let expertWidth = experts?.intermediateSize ?? 0
    return switch self {
    case .embedding, .output: (shape.hiddenSize, shape.vocabularySize)
    case .query: (shape.hiddenSize, shape.querySize)
    case .key, .value: (shape.hiddenSize, shape.kvSize)
    case .attentionOutput: (shape.querySize, shape.hiddenSize)
    case .gate, .up: (shape.hiddenSize, shape.intermediateSize)
    case .down: (shape.intermediateSize, shape.hiddenSize)
    case .router: (shape.hiddenSize, experts?.count ?? 0)
    case .expertGate, .expertUp: (shape.hiddenSize, expertWidth * (experts?.count ?? 0))
    case .expertDown: (expertWidth, shape.hiddenSize * (experts?.count ?? 0))
    case .convolutionInput: (shape.hiddenSize, 3 * shape.hiddenSize)
    case .convolutionOutput: (shape.hiddenSize, shape.hiddenSize)
    }
  }

  /// The dimensions of the tensor in `shape`, columns first as GGUF files list them.
  func tensorShape(in shape: TransformerShape) -> [Int] {
    let (columns, rows) = size(in: shape)
    guard isExperts, let experts = shape.experts else { return [columns, rows] }
    return [columns, rows / experts.count, experts.count]
  }
}
