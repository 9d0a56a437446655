import Kernels

/// The weights of a mixture of experts.
struct ExpertWeights {
  /// A row for each expert, whose product with a token decides which it uses.
  let router: WeightMatrix
  /// One matrix for each expert; so are the other two.
  let gates: [WeightMatrix]
  let ups: [WeightMatrix]
  let downs: [WeightMatrix]
  /// Biases; (experts, width) for gate and up, (experts, hidden) for down; nil when the model has none.
  let biases: (router: [Float], gate: [Float], up: [Float], down: [Float])?

  init(_ source: inout some WeightSource, layer: Int, shape: TransformerShape) throws(InferenceError) {
    let prefix = "blk.\(layer)."
    guard let experts = shape.experts else { preconditionFailure("only a mixture has experts") }
    router = try source.matrix(.router, layer: layer)
    gates = try source.experts(.expertGate, layer: layer, count: experts.count)
    ups = try source.experts(.expertUp, layer: layer, count: experts.count)
    // Both are multiplied with the same activations, plain or in 8 bits.
    guard gates[0].activationFormat == ups[0].activationFormat else {
      throw .unsupportedFormat(
        tensor: WeightRole.expertUp.tensorName(layer: layer), format: ups[0].format, supported: [gates[0].format])
    }
    downs = try source.experts(.expertDown, layer: layer, count: experts.count)
    if shape.biases.contains(.experts) {
      let width = experts.count * experts.intermediateSize
      biases = (
        try source.vector(prefix + "ffn_gate_inp.bias", count: experts.count),
        try source.vector(prefix + "ffn_gate_exps.bias", count: width),
        try source.vector(prefix + "ffn_up_exps.bias", count: width),
        try source.vector(prefix + "ffn_down_exps.bias", count: experts.count * shape.hiddenSize)
      )
    } else {
      biases = nil
    }
  }
}
