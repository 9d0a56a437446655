import CKernels
package import TensorFormats

/// How activations are stored for a matrix product.
package enum ActivationFormat: Sendable, Hashable {
  /// Plain f32.
  case float32
  /// int8 codes with an f32 scale and sums per 32 values; error of a value at most 1/254 of the largest in its 32.
  case q8
  /// int8 codes of which the scale of 32 is a power of two times one of the whole token's; error of a value at most 1/127 of the
  /// largest in its 32.
  case q8Steps

  /// The format that products with weights of `format` in `layout` take.
  package init(for format: TensorFormat, layout: WeightLayout) {
    self = format.valuesPerBlock == 1 ? .float32 : layout == .strips ? .q8Steps : .q8
  }

  /// Those that take 8 bits a value, in blocks of 32.
  package static let rounded: [ActivationFormat] = [.q8, .q8Steps]

  /// Whether it is one of `rounded`.
  package var isRounded: Bool { self != .float32 }

  /// The bytes of one token's `columns` values, a multiple of 64; `columns` is a multiple of 32 unless they are plain.
  package func byteCount(columns: Int) -> Int {
    switch self {
    case .float32: (columns * MemoryLayout<Float>.stride + 63) & ~63
    case .q8: ew_q8_bytes(columns)
    case .q8Steps: ew_q8_steps_bytes(columns)
    }
  }
}
