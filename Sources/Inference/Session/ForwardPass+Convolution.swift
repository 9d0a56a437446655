import Kernels

extension ForwardPass {
  /// A short gated convolution over the tokens; its result for the `active` ones is in `delta`.
  ///
  /// Of the projection's three parts the first times the third is what the kernel sees, of this token and the ones before, and the
  /// second multiplies what comes out.
  func convolve(
    _ weights: ConvolutionWeights, index: Int, norm: [Float]?, adding: BlockResult?, _ active: Range<Int>
  ) throws(Cancelled) {
    let size = shape.hiddenSize
    let input = ProductInput(
      tokens: count, columns: size, floats: scratch.input, scratch: scratch.quantized, for: [weights.input])
    try normalize(0..<count, adding: adding, norm: norm, into: input)
    try multiply([Product(weights.input, input, out: scratch.projected, outStride: 3 * size)])
    let before = convolutionInputs(index, half: convolutionHalf)
    let mixed = ProductInput(
      tokens: active.count, columns: size, floats: scratch.input, scratch: scratch.quantized, for: [weights.output])
    try forTokens(active) { token in
      let out = mixed.row(token - active.lowerBound)
      weights.kernel.withUnsafeBufferPointer { convolve(token, kernel: $0, before: before, into: out) }
      mixed.finish(token - active.lowerBound, kernels)
    }
    keepInputs(before: before, after: convolutionInputs(index, half: 1 - convolutionHalf))
    let out = scratch.delta.part(active.lowerBound * size, active.count * size)
    try multiply([Product(weights.output, mixed, out: out, outStride: size)])
  }

  /// The last inputs of a convolution, oldest first: (tokens - 1, hidden).
  private func convolutionInputs(_ index: Int, half: Int) -> UnsafeMutableBufferPointer<Float> {
    let size = (shape.convolutionTokens - 1) * shape.hiddenSize
    return scratch.convolution.part((half * shape.convolutionLayers.count + index) * size, size)
  }

  private func convolve(
    _ token: Int, kernel: UnsafeBufferPointer<Float>, before: UnsafeMutableBufferPointer<Float>,
    into out: UnsafeMutableBufferPointer<Float>
  ) {
    let (size, taps) = (shape.hiddenSize, shape.convolutionTokens)
    out.update(repeating: 0)
    for tap in 0..<taps {
      let source = token - (taps - 1) + tap
      if source >= 0 {
        let (gate, value) = (part(0, of: source), part(2, of: source))
        for channel in 0..<size { out[channel] += kernel[channel * taps + tap] * (gate[channel] * value[channel]) }
      } else {
        let value = before.part((taps - 1 + source) * size, size)
        for channel in 0..<size { out[channel] += kernel[channel * taps + tap] * value[channel] }
      }
    }
    let gate = part(1, of: token)
    for channel in 0..<size { out[channel] *= gate[channel] }
  }

  /// Leaves the inputs of the last tokens for the next batch.
  private func keepInputs(before: UnsafeMutableBufferPointer<Float>, after: UnsafeMutableBufferPointer<Float>) {
    let (size, kept) = (shape.hiddenSize, shape.convolutionTokens - 1)
    for place in 0..<kept {
      let source = count - kept + place
      let target = after.part(place * size, size)
      if source >= 0 {
        let (gate, value) = (part(0, of: source), part(2, of: source))
        for channel in 0..<size { target[channel] = gate[channel] * value[channel] }
      } else {
        _ = target.update(from: before.part((kept + source) * size, size))
      }
    }
  }

  /// One of the three parts of a token's projection.
  private func part(_ number: Int, of token: Int) -> UnsafeMutableBufferPointer<Float> {
    scratch.projected.part((3 * token + number) * shape.hiddenSize, shape.hiddenSize)
  }
}
