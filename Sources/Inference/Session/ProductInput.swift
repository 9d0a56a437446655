import Kernels

/// The input of one or more products, as plain f32 and, when a matrix in a block format reads it, in 8 bits.
struct ProductInput {
  let tokens: Int
  let columns: Int
  /// Values from one token to the next in `floats`.
  let stride: Int
  let floats: UnsafeMutableBufferPointer<Float>
  let quantized: ActivationMatrix?

  /// Uses `floats` for `tokens` rows of `columns`, and `scratch` for their 8-bit form if one of `matrices` needs it.
  init(
    tokens: Int, columns: Int, floats: UnsafeMutableBufferPointer<Float>, scratch: UnsafeMutableRawBufferPointer,
    for matrices: [WeightMatrix]
  ) {
    self.tokens = tokens
    self.columns = columns
    self.floats = floats
    stride = ScratchLayout.stride(columns)
    quantized =
      matrices.contains { ActivationFormat(for: $0.format) == .q8 }
      ? ActivationMatrix(format: .q8, tokens: tokens, columns: columns, bytes: scratch) : nil
  }

  /// The f32 values of one token.
  func row(_ token: Int) -> UnsafeMutableBufferPointer<Float> { floats.part(token * stride, columns) }

  /// Makes the 8-bit form of one token whose f32 values are in place.
  func finish(_ token: Int, _ kernels: KernelSet) {
    guard let quantized else { return }
    kernels.quantizeActivations(
      UnsafeBufferPointer(floats), stride: stride, tokens: token..<token + 1, into: quantized)
  }

  /// The form that a product with `weights` reads.
  func activations(for weights: WeightMatrix) -> ActivationMatrix {
    if ActivationFormat(for: weights.format) == .q8, let quantized { return quantized }
    return ActivationMatrix(
      format: .float32, tokens: tokens, columns: columns, bytes: UnsafeMutableRawBufferPointer(floats))
  }
}
