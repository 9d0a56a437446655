import CKernels

extension KernelSet {
  /// out[i] = x[i] * weight[i] / sqrt(mean(x²) + epsilon); `out` may be `x`.
  package func rmsNorm(
    _ x: UnsafeBufferPointer<Float>, weight: UnsafeBufferPointer<Float>, epsilon: Float,
    into out: UnsafeMutableBufferPointer<Float>
  ) {
    precondition(weight.count >= x.count && out.count >= x.count)
    guard !x.isEmpty else { return }
    ew_rms_norm(tier.number, x.baseAddress, weight.baseAddress, x.count, epsilon, out.baseAddress)
  }

  /// Rotates the heads of one token in place: `x` is (heads, headSize); the first 2 * cosines.count values of each head turn by
  /// the angles of the token's position, whose cosines and sines are given, and the rest stays.
  package func rope(
    _ x: UnsafeMutableBufferPointer<Float>, heads: Int, headSize: Int, cosines: UnsafeBufferPointer<Float>,
    sines: UnsafeBufferPointer<Float>, order: RotaryOrder
  ) {
    precondition(heads >= 0 && headSize >= 0 && heads * headSize <= x.count)
    precondition(cosines.count == sines.count && 2 * cosines.count <= headSize)
    ew_rope(
      tier.number, x.baseAddress, heads, headSize, 2 * cosines.count, cosines.baseAddress, sines.baseAddress,
      order == .interleaved)
  }

  /// out[i] = silu(gate[i]) * up[i], the gate of SwiGLU; `out` may be either input.
  package func siluMultiply(
    gate: UnsafeBufferPointer<Float>, up: UnsafeBufferPointer<Float>, into out: UnsafeMutableBufferPointer<Float>
  ) {
    precondition(up.count >= gate.count && out.count >= gate.count)
    ew_silu_multiply(tier.number, gate.baseAddress, up.baseAddress, gate.count, out.baseAddress)
  }

  /// out[i] = gelu(gate[i]) * up[i] with GELU's approximation by tanh, the gate of GeGLU; `out` may be either input.
  package func geluMultiply(
    gate: UnsafeBufferPointer<Float>, up: UnsafeBufferPointer<Float>, into out: UnsafeMutableBufferPointer<Float>
  ) {
    precondition(up.count >= gate.count && out.count >= gate.count)
    ew_gelu_multiply(tier.number, gate.baseAddress, up.baseAddress, gate.count, out.baseAddress)
  }

  /// out[i] = g * sigmoid(1.702 g) * (v + 1), g = gate[i] up to 7 and v = up[i] within -7...7; `out` may be either input.
  package func clampedSwiGLU(
    gate: UnsafeBufferPointer<Float>, up: UnsafeBufferPointer<Float>, into out: UnsafeMutableBufferPointer<Float>
  ) {
    precondition(up.count >= gate.count && out.count >= gate.count)
    ew_swiglu_clamped(tier.number, gate.baseAddress, up.baseAddress, gate.count, out.baseAddress)
  }

  /// x[i] += factor * y[i].
  package func add(
    _ y: UnsafeBufferPointer<Float>, times factor: Float, to x: UnsafeMutableBufferPointer<Float>
  ) {
    precondition(y.count >= x.count)
    ew_add_scaled(tier.number, x.baseAddress, y.baseAddress, factor, x.count)
  }

  /// x[i] *= factor.
  package func scale(_ x: UnsafeMutableBufferPointer<Float>, by factor: Float) {
    ew_scale(tier.number, x.baseAddress, factor, x.count)
  }

  /// x[i] = cap * tanh(x[i] / cap), which keeps values within -cap...cap; `cap` is above 0.
  package func softCap(_ x: UnsafeMutableBufferPointer<Float>, cap: Float) {
    precondition(cap > 0)
    ew_soft_cap(tier.number, x.baseAddress, cap, x.count)
  }

  /// x[i] += y[i], the residual connection.
  package func add(_ y: UnsafeBufferPointer<Float>, to x: UnsafeMutableBufferPointer<Float>) {
    precondition(y.count >= x.count)
    ew_add(tier.number, x.baseAddress, y.baseAddress, x.count)
  }

  /// Replaces `x` by the probabilities of which it holds the logits.
  package func softmax(_ x: UnsafeMutableBufferPointer<Float>) {
    guard !x.isEmpty else { return }
    ew_softmax(tier.number, x.baseAddress, x.count)
  }

  /// The index of the first largest value of `x`, which is not empty; not-a-number never wins.
  package func argmax(_ x: UnsafeBufferPointer<Float>) -> Int {
    precondition(!x.isEmpty)
    return ew_argmax(tier.number, x.baseAddress, x.count)
  }

  /// Widens f16 numbers, given as their bits, to f32.
  package func convert(_ halves: UnsafeBufferPointer<UInt16>, into floats: UnsafeMutableBufferPointer<Float>) {
    precondition(floats.count >= halves.count)
    ew_f32_from_f16(halves.baseAddress, halves.count, floats.baseAddress)
  }

  /// Rounds f32 numbers to the bits of f16, to nearest and ties to even.
  package func convert(_ floats: UnsafeBufferPointer<Float>, into halves: UnsafeMutableBufferPointer<UInt16>) {
    precondition(halves.count >= floats.count)
    ew_f16_from_f32(floats.baseAddress, floats.count, halves.baseAddress)
  }
}
