import CKernels
package import TensorFormats

/// How activations are stored for a matrix product.
package enum ActivationFormat: Sendable, Hashable {
  /// Plain f32.
  case float32
  /// int8 codes with an f32 scale and sums per 32 values; error of a value at most 1/254 of the largest in its 32.
  case q8

  /// The format that products with weights of `format` take.
  package init(for format: TensorFormat) {
    self = format.valuesPerBlock == 1 ? .float32 : .q8
  }

  /// The bytes of one token's `columns` values, a multiple of 64; `columns` is a multiple of 32 for `q8`.
  package func byteCount(columns: Int) -> Int {
    switch self {
    case .float32: (columns * MemoryLayout<Float>.stride + 63) & ~63
    case .q8: ew_q8_bytes(columns)
    }
  }
}
