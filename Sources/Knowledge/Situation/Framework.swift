/// A program or library that runs models, or gets them ready to run; the raw value is its id in the fact files.
package enum Framework: String, Codable, Sendable, CaseIterable {
  case executorch
  case litertLM = "litert-lm"
  case llamaCpp = "llama.cpp"
  case mlcLLM = "mlc-llm"
  case mlx
  case ollama
  /// Olive as the optimizer, ONNX Runtime with its GenAI library as the engine.
  case olive
  case openvino
  case qnn
  case tensorrtLLM = "tensorrt-llm"
  case vllm

  /// The place in `allCases`, for tables that are arrays.
  package var index: Int {
    switch self {
    case .executorch: 0
    case .litertLM: 1
    case .llamaCpp: 2
    case .mlcLLM: 3
    case .mlx: 4
    case .ollama: 5
    case .olive: 6
    case .openvino: 7
    case .qnn: 8
    case .tensorrtLLM: 9
    case .vllm: 10
    }
  }
}
