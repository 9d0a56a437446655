import Kernels

/// Granite 3 and 4, dense: Llama with scales for embeddings, residuals, attention and logits.
enum Granite {
  static let architecture = SupportedArchitecture(
    name: "granite", ropeOrder: .interleaved, statesScales: true)
}
