import Kernels

/// The mixtures of experts of Qwen 3.
enum Qwen3MoE {
  static let architecture = SupportedArchitecture(
    name: "qwen3moe", ropeOrder: .halves, headNorm: .perHead, experts: .always)
}
