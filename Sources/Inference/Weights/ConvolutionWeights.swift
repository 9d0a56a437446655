import Kernels

/// The weights of a short gated convolution over the tokens.
struct ConvolutionWeights {
  /// Three rows of hidden size: the input's gate, the output's gate, and the input.
  let input: WeightMatrix
  /// (hidden, tokens), the oldest token first.
  let kernel: [Float]
  let output: WeightMatrix

  init(_ source: inout some WeightSource, layer: Int, shape: TransformerShape) throws(InferenceError) {
    input = try source.matrix(.convolutionInput, layer: layer)
    kernel = try source.vector(
      "blk.\(layer).shortconv.conv.weight", count: shape.hiddenSize * shape.convolutionTokens)
    output = try source.matrix(.convolutionOutput, layer: layer)
  }
}
