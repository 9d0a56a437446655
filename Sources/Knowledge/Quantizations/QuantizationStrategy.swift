/// The unified quantization strategy: one default for each platform, refined afterwards by model and memory.
package struct QuantizationStrategy: Sendable, Hashable {
  package let framework: Framework
  /// The id of the format in the facts.
  package let quantization: String
  package let because: String

  private static let apple = QuantizationStrategy(
    framework: .mlx, quantization: "mlx/4bit-g64",
    because: "Apple silicon: MLX in 4 bits with group size 64, weights in unified memory.")
  private static let intel = QuantizationStrategy(
    framework: .openvino, quantization: "openvino/int4_asym-g128",
    because: """
      Intel: int4 weight compression through NNCF; commonly int8 calibration is advised, which since language models \
      decode at the speed of their bytes is for vision networks only.
      """)
  private static let intelNPU = QuantizationStrategy(
    framework: .openvino, quantization: "openvino/int4_sym-cw",
    because: "Intel NPU: symmetric int4, channel-wise from 1 billion parameters on.")
  /// The strategy where no vendor's stack decides.
  package static let crossPlatform = QuantizationStrategy(
    framework: .llamaCpp, quantization: "llama.cpp/Q4_K_M",
    because: "Cross-platform: GGUF of the Q4_K_M class for llama.cpp.")
  private static let otherwise = QuantizationStrategy(
    framework: .olive, quantization: "olive/int4-b32", because: "Otherwise: Olive, int4 in blocks of 32.")

  /// The strategy for a kind of hardware.
  package static func strategy(for row: PlatformRow) -> QuantizationStrategy {
    switch row.id {
    case "apple-mac", "apple-mobile": apple
    case "intel-npu": intelNPU
    case "intel-cpu", "intel-gpu": intel
    case "windows-arm": otherwise
    default: crossPlatform
    }
  }

  /// The default format of a framework.
  package static func defaultQuantization(of framework: Framework) -> String {
    switch framework {
    case .llamaCpp: "llama.cpp/Q4_K_M"
    case .ollama: "ollama/Q4_K_M"
    case .mlx: "mlx/4bit-g64"
    case .openvino: "openvino/int4_asym-g128"
    case .olive: "olive/int4-b32"
    case .executorch: "executorch/8da4w-g32"
    case .litertLM: "litert-lm/int4"
    case .qnn: "qnn/w4a16"
    case .mlcLLM: "mlc-llm/q4f16_1"
    case .vllm: "vllm/bf16"
    case .tensorrtLLM: "tensorrt-llm/bf16"
    }
  }
}
