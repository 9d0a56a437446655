package import Knowledge

/// A program that runs models, with rules of its own for memory.
package enum MemoryEngine: String, Sendable, Codable, CaseIterable {
  case llamaCpp = "llama.cpp"
  case edgewise
  case openVINO = "openvino"
  case mlx
  case vllm
  case onnxRuntime = "onnxruntime"
}

extension MemoryEngine {
  /// The engine that a framework runs models with; nil where none of these has its rules.
  package init?(_ framework: Framework) {
    switch framework {
    case .llamaCpp, .ollama: self = .llamaCpp
    case .mlx: self = .mlx
    case .openvino: self = .openVINO
    case .vllm: self = .vllm
    case .olive: self = .onnxRuntime
    case .executorch, .litertLM, .mlcLLM, .qnn, .tensorrtLLM: return nil
    }
  }
}
