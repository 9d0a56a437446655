import CKernels
package import TensorFormats

/// How activations are stored for a matrix product.
package enum ActivationFormat: Sendable, Hashable {
  /// Plain f32.
  case float32
  /// Rounded to BF16; error of a value at most 2^-9 of it.
  case bfloat16
  /// int8 codes with an f32 scale and sums per 32 values; error of a value at most 1/254 of the largest in its 32.
  case q8
  /// int8 codes of which the scale of 32 is a power of two times one of the whole token's; error of a value at most 1/127 of the
  /// largest in its 32.
  case q8Steps

  /// The format that products with weights of `format` in `layout` take.
  package init(for format: TensorFormat, layout: WeightLayout) {
    self =
      switch (format, layout) {
      case (.bf16, .strips): .bfloat16
      case (_, .strips) where format.valuesPerBlock > 1: .q8Steps
      case (_, .rows) where format.valuesPerBlock > 1: .q8
      default: .float32
      }
  }

  /// Those that are not the values themselves.
  package static let rounded: [ActivationFormat] = [.bfloat16, .q8, .q8Steps]

  /// Whether it takes 8 bits a value, in blocks of 32.
  package var isInteger: Bool { self == .q8 || self == .q8Steps }

  /// The bytes of one token's `columns` values, a multiple of 64; `columns` is a multiple of 32 for those of 8 bits.
  package func byteCount(columns: Int) -> Int {
    switch self {
    case .float32: (columns * MemoryLayout<Float>.stride + 63) & ~63
    case .bfloat16: (columns * MemoryLayout<UInt16>.stride + 63) & ~63
    case .q8: ew_q8_bytes(columns)
    case .q8Steps: ew_q8_steps_bytes(columns)
    }
  }
}
