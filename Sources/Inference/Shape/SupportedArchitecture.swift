package import Kernels

/// A model architecture that the transformer runs exactly, and how it differs from plain Llama.
package struct SupportedArchitecture: Hashable, Sendable {
  /// The value of `general.architecture` in GGUF files.
  package let name: String
  package let ropeOrder: RotaryOrder
  /// Whether the query, key and value projections may have biases.
  package let hasProjectionBias: Bool
  /// Whether each query and key head is normalized before it is rotated.
  package let hasHeadNorm: Bool

  /// Every architecture that can be run; Mistral, TinyLlama and SmolLM2 files carry the name `llama`.
  package static let all: [SupportedArchitecture] = [
    SupportedArchitecture(name: "llama", ropeOrder: .interleaved, hasProjectionBias: false, hasHeadNorm: false),
    SupportedArchitecture(name: "qwen2", ropeOrder: .halves, hasProjectionBias: true, hasHeadNorm: false),
    SupportedArchitecture(name: "qwen3", ropeOrder: .halves, hasProjectionBias: false, hasHeadNorm: true),
  ]

  /// The entry of that name, or nil when the architecture is not supported.
  package static func named(_ name: String) -> SupportedArchitecture? {
    all.first { $0.name == name }
  }
}
