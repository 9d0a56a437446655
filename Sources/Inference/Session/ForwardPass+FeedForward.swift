import Kernels

extension ForwardPass {
  /// The dense feed-forward block of the `active` tokens; its result is in `delta`.
  func feedForward(
    _ weights: DenseWeights, norm: [Float]?, adding: BlockResult?, _ active: Range<Int>
  ) throws(Cancelled) {
    let input = ProductInput(
      tokens: active.count, columns: shape.hiddenSize, floats: scratch.input, scratch: scratch.quantized,
      for: [weights.gate, weights.up])
    try normalize(active, adding: adding, norm: norm, into: input)
    let hidden = ProductInput(
      tokens: active.count, columns: shape.intermediateSize, floats: scratch.gate, scratch: scratch.quantized,
      for: [weights.down])
    let gated = GatedProduct(
      gate: Product(weights.gate, input, out: scratch.gate, outStride: hidden.stride),
      up: Product(weights.up, input, out: scratch.up, outStride: hidden.stride),
      biases: weights.biases.map { (ArraySlice($0.gate), ArraySlice($0.up)) })
    try multiply([gated])
    if !hidden.rounded.isEmpty { try forTokens(0..<active.count) { hidden.finish($0, kernels) } }
    let out = scratch.delta.part(active.lowerBound * shape.hiddenSize, active.count * shape.hiddenSize)
    try multiply([Product(weights.down, hidden, out: out, outStride: shape.hiddenSize)])
  }
}
