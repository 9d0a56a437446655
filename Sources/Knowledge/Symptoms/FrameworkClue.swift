/// A piece of text that only one framework writes.
package struct FrameworkClue: Sendable {
  package let text: String
  /// The framework's name, as in the symptoms.
  package let framework: String

  /// The clues, sorted by framework.
  package static let all: [FrameworkClue] = [
    ("ExecuTorch", ["executorch", "[XNNExecutor"]),
    ("Jetson", ["NvMap", "NvRmMem", "tegra", "JETSON_"]),
    (
      "llama.cpp",
      [
        "ggml_", "gguf_init", "llama-bench", "llama-cli", "llama-server", "llama_context", "llama_init_from",
        "llama_kv_cache", "llama_model_load", "llama_new_context", "llama_perf", "llm_load_print_meta", "load_tensors:",
      ]
    ),
    ("MLC-LLM", ["mlc_llm", "mlc-llm", "tvm.error"]),
    ("MLX", ["mlx.core", "mlx_lm", "mlx_vlm", "mlx-lm", "[metal::", "[METAL]"]),
    ("Olive/ONNX Runtime", ["onnxruntime", "olive run", "olive optimize", "olive.", "ORT_", "genai_config.json"]),
    ("Ollama", ["ollama", "OLLAMA_", "[GIN]"]),
    ("OpenVINO", ["openvino", "OpenVINO", "optimum-cli", "optimum.intel", "nncf", "ovms", "[Model Server"]),
    ("TensorRT-LLM", ["[TensorRT-LLM]", "tensorrt_llm", "trtllm-build", "[TRT-LLM]"]),
    ("vLLM", ["vllm", "EngineCore"]),
  ].flatMap { framework, texts in texts.map { FrameworkClue(text: $0, framework: framework) } }
}
