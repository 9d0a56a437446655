import Kernels

/// SmolLM 3: Llama whose every fourth layer is not rotated.
enum SmolLM3 {
  static let architecture = SupportedArchitecture(name: "smollm3", ropeOrder: .interleaved, unrotatedPeriod: 4)
}
