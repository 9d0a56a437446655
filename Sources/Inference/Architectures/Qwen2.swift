import Kernels

/// Qwen 2 and 2.5: Llama with biases of query, key and value.
enum Qwen2 {
  static let architecture = SupportedArchitecture(name: "qwen2", ropeOrder: .halves, biases: [.projection])
}
