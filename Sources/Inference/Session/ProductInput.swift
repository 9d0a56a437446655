import Kernels

/// The input of one or more products, as plain f32 and in each rounded form that a matrix reads.
struct ProductInput {
  let tokens: Int
  let columns: Int
  /// Values from one token to the next in `floats`.
  let stride: Int
  let floats: UnsafeMutableBufferPointer<Float>
  let rounded: [ActivationMatrix]

  /// Uses `floats` for `tokens` rows of `columns`, and `scratch` for the rounded forms that `matrices` need.
  init(
    tokens: Int, columns: Int, floats: UnsafeMutableBufferPointer<Float>, scratch: UnsafeMutableRawBufferPointer,
    for matrices: [WeightMatrix]
  ) {
    self.tokens = tokens
    self.columns = columns
    self.floats = floats
    stride = ScratchLayout.stride(columns)
    var begin = 0
    rounded = ActivationFormat.rounded.filter { format in matrices.contains { $0.activationFormat == format } }
      .map { format in
        defer { begin += tokens * format.byteCount(columns: columns) }
        return ActivationMatrix(
          format: format, tokens: tokens, columns: columns,
          bytes: UnsafeMutableRawBufferPointer(rebasing: scratch[begin...]))
      }
  }

  /// The f32 values of one token.
  func row(_ token: Int) -> UnsafeMutableBufferPointer<Float> { floats.part(token * stride, columns) }

  /// Makes the rounded forms of one token whose f32 values are in place.
  func finish(_ token: Int, _ kernels: KernelSet) {
    for matrix in rounded {
      kernels.quantizeActivations(
        UnsafeBufferPointer(floats), stride: stride, tokens: token..<token + 1, into: matrix)
    }
  }

  /// The form that a product with `weights` reads.
  func activations(for weights: WeightMatrix) -> ActivationMatrix {
    if let matrix = rounded.first(where: { $0.format == weights.activationFormat }) { return matrix }
    return ActivationMatrix(
      format: .float32, tokens: tokens, columns: columns, bytes: UnsafeMutableRawBufferPointer(floats))
  }
}
