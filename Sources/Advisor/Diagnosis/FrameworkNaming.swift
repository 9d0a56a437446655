import Knowledge

/// The frameworks of symptoms and rules under one roof: people, messages and rules name them differently.
struct FrameworkNaming: Sendable {
  /// The name that the records of symptoms use.
  let name: String
  /// The framework that remedies are for.
  let framework: Framework?

  /// Every framework that symptoms speak of, with the other spellings that are understood.
  private static let known: [(name: String, framework: Framework?, spellings: [String])] = [
    ("ExecuTorch", .executorch, ["executorch"]),
    ("Jetson", nil, ["jetson"]),
    ("LiteRT-LM", .litertLM, ["litertlm", "litert", "tflite"]),
    ("MLC-LLM", .mlcLLM, ["mlcllm", "mlc"]),
    ("MLX", .mlx, ["mlx", "mlxlm", "mlxvlm", "applemlx"]),
    (
      "Olive/ONNX Runtime", .olive,
      ["olive", "onnxruntime", "ort", "onnx", "olive/onnxruntime", "onnxruntimegenai", "microsoftolive"]
    ),
    ("Ollama", .ollama, ["ollama"]),
    ("OpenVINO", .openvino, ["openvino", "ovms", "optimumintel", "nncf"]),
    ("QNN", .qnn, ["qnn", "qairt"]),
    ("TensorRT-LLM", .tensorrtLLM, ["tensorrtllm", "trtllm", "tensorrt"]),
    ("llama.cpp", .llamaCpp, ["llamacpp", "llama", "gguf", "llamacpppython", "llamaserver"]),
    ("vLLM", .vllm, ["vllm"]),
  ]

  /// The names that are understood.
  static let names = known.map(\.name)

  /// Nil when the name is not that of a framework, in any spelling.
  init?(_ spelling: String) {
    let key = spelling.lowercased().filter { !"-_. ".contains($0) }
    guard let found = Self.known.first(where: { $0.spellings.contains(key) }) else { return nil }
    name = found.name
    framework = found.framework
  }

  /// Whether a record of `other` speaks about this framework too: Ollama carries llama.cpp, Jetson and "any" go with all.
  func agrees(with other: String) -> Bool {
    name == other || other == "any" || (name == "Ollama" && other == "llama.cpp")
      || (name == "TensorRT-LLM" && other == "Jetson")
  }
}
