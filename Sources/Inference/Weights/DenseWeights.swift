import Kernels

/// The weights of a dense feed-forward block.
struct DenseWeights {
  let gate: WeightMatrix
  let up: WeightMatrix
  let down: WeightMatrix
  /// Biases of gate and up; nil when the model has none.
  let biases: (gate: [Float], up: [Float])?

  init(_ source: inout some WeightSource, layer: Int, shape: TransformerShape) throws(InferenceError) {
    gate = try source.matrix(.gate, layer: layer)
    up = try source.matrix(.up, layer: layer)
    down = try source.matrix(.down, layer: layer)
    if shape.biases.contains(.feedForward) {
      biases = (
        try source.vector("blk.\(layer).ffn_gate.bias", count: shape.intermediateSize),
        try source.vector("blk.\(layer).ffn_up.bias", count: shape.intermediateSize)
      )
    } else {
      biases = nil
    }
  }
}
