extension Framework {
  /// Whether a toolchain, by the name under which it is listed, is this framework or enough of it to run a model.
  package func isToolchain(_ name: String) -> Bool {
    if name == rawValue { return true }
    return switch self {
    case .olive: name == "onnxruntime" || name == "onnxruntime-genai" || name == "olive-ai"
    case .openvino: name == "openvino-genai"
    case .mlx: name == "mlx-lm"
    case .qnn: name == "onnxruntime-qnn"
    case .mlcLLM: name == "mlc"
    default: false
    }
  }
}
