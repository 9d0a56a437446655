/// A program that runs models, with rules of its own for memory.
package enum MemoryEngine: String, Sendable, Codable, CaseIterable {
  case llamaCpp = "llama.cpp"
  case edgewise
  case openVINO = "openvino"
  case mlx
  case vllm
  case onnxRuntime = "onnxruntime"
}
