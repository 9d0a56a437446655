import Kernels

/// Llama, and what is saved as it: Mistral, Mixtral, TinyLlama, SmolLM2 and many more.
///
/// A window that the file states, as of the first Mistral 7B, holds in all layers.
enum Llama {
  static let architecture = SupportedArchitecture(
    name: "llama", ropeOrder: .interleaved, experts: .possible, windowPeriod: 0)
}
