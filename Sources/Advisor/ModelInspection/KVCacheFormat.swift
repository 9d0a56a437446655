package import TensorFormats

/// A numeric format of the KV cache that llama.cpp offers (`-ctk`, `-ctv`).
package enum KVCacheFormat: String, Codable, Sendable, CaseIterable {
  case f32
  case f16
  case bf16
  case q8_0
  case q5_1
  case q5_0
  case q4_1
  case q4_0
  case iq4_nl

  package var format: TensorFormat {
    switch self {
    case .f32: .f32
    case .f16: .f16
    case .bf16: .bf16
    case .q8_0: .q8_0
    case .q5_1: .q5_1
    case .q5_0: .q5_0
    case .q4_1: .q4_1
    case .q4_0: .q4_0
    case .iq4_nl: .iq4_nl
    }
  }

  /// The bytes of one value, block scales included.
  package var bytesPerValue: Double { format.bitsPerValue / 8 }
}
