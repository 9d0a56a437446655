import Kernels

/// Qwen 3: every query and key head is normalized.
enum Qwen3 {
  static let architecture = SupportedArchitecture(name: "qwen3", ropeOrder: .halves, headNorm: .perHead)
}
