import Knowledge

/// An engine whose speed is predicted.
package enum SpeedEngine: String, Codable, Sendable, CaseIterable {
  case edgewise
  case llamaCpp = "llama.cpp"
  case openvino
  case mlx
  case onnxRuntime = "onnxruntime"

  /// Tokens that pass through the layers at once unless told otherwise.
  package var batchTokens: Int {
    switch self {
    case .edgewise: 256
    // llama.cpp's -ub; the others take prompts as a whole.
    case .llamaCpp: 512
    case .openvino, .mlx, .onnxRuntime: 2048
    }
  }
}

extension SpeedEngine {
  /// The engine that a framework runs models with; nil where none of these is it.
  init?(_ framework: Framework) {
    switch framework {
    case .llamaCpp, .ollama: self = .llamaCpp
    case .mlx: self = .mlx
    case .openvino: self = .openvino
    case .olive: self = .onnxRuntime
    case .executorch, .litertLM, .mlcLLM, .qnn, .tensorrtLLM, .vllm: return nil
    }
  }
}
