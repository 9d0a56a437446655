import Knowledge
import ModelFiles

/// What a framework's loader and converter take, beyond the file formats that the fact files list.
struct LoadingFacts {
  /// The methods of quantized safetensors that it loads as they are.
  var loads: Set<String> = []
  /// The methods of quantized safetensors that its converter takes; `mlx` is never among them.
  var converts: Set<String> = []
  /// The algorithms of ModelOpt that it loads or converts; nil for all.
  var modelOptAlgorithms: Set<String>?
  /// Whether weights without a method are loaded as they are; else they are converted.
  var loadsPlain = false
  /// The architectures of GGUF files that it takes; nil for all that llama.cpp knows.
  var ggufArchitectures: Set<String>?
  /// The formats of GGUF tensors that it takes; nil for all.
  var ggufFormats: Set<String>?
  /// The classes that it is known to load; nil when no list was read.
  var classes: Set<String>?
  /// Where it was read how it takes adapters; nil when that was not found.
  var adapterSource: String?
  /// How the classes of the image generators begin that its exporter takes; nil when that was not found.
  var pipelines: [String]?
  /// How the classes of the image generators begin that a later release than that of the facts runs.
  var laterPipelines: [String] = []
  /// The command that exports an image generator, `{model}` for its path.
  var pipelineExport: String?
  /// What runs an image generator in its own format.
  var pipelineRunner: String?
  /// Where this was read.
  var source: String

  /// By framework; the others have no more to say than the fact files.
  static let all: [Framework: LoadingFacts] = [
    .llamaCpp: LoadingFacts(
      converts: ["bitnet", "fp8", "gptq", "compressed-tensors", "modelopt", "mxfp4"],
      modelOptAlgorithms: ["FP8", "FP8_PER_CHANNEL_PER_TOKEN", "NVFP4", "W4A16_NVFP4"],
      adapterSource: "llama.cpp 0.5.0-dev source (ggml-org/llama.cpp@0c1e57098) convert_lora_to_gguf.py",
      source: "llama.cpp 0.5.0-dev source (ggml-org/llama.cpp@0c1e57098) conversion/base.py"),
    .ollama: LoadingFacts(
      converts: [], adapterSource: "docs.ollama.com/import",
      source:
        "docs.ollama.com/import: GGUF files, and safetensors of known architectures; ollama/ollama@fb307609 x/models "
        + "(MLX engine)"),
    .vllm: LoadingFacts(
      loads: [
        "gptq", "awq", "compressed-tensors", "bitsandbytes", "fp8", "fbgemm_fp8", "modelopt", "mxfp4", "torchao",
        "quark", "auto-round",
      ],
      modelOptAlgorithms: [
        "FP8", "FP8_PB_WO", "FP8_PER_CHANNEL_PER_TOKEN", "MIXED_PRECISION", "MXFP8", "NVFP4", "W4A16_NVFP4",
      ], loadsPlain: true, classes: LoaderClasses.vllm, adapterSource: "docs.vllm.ai/en/v0.8.5/features/lora",
      source: "docs.vllm.ai/en/latest/features/quantization (its list has no GGUF); QUANT_ALGOS of vllm-project/vllm "
        + "vllm/model_executor/layers/quantization/modelopt.py; vllm-project/vllm@0002bff0 models/registry.py (classes)"
    ),
    .tensorrtLLM: LoadingFacts(
      loads: ["modelopt", "fp8", "gptq", "awq", "mxfp4"], loadsPlain: true, classes: LoaderClasses.tensorrtLLM,
      adapterSource: "NVIDIA/TensorRT-LLM@050db34b docs/source/features/lora.md",
      laterPipelines: ["Flux", "LTX2", "QwenImage", "Wan"],
      source: "nvidia.github.io/TensorRT-LLM/features/quantization; NVIDIA/TensorRT-LLM@00b6d5a2 "
        + "docs/source/models/supported-models.md (classes)"),
    .mlx: LoadingFacts(
      loads: ["mlx"], loadsPlain: true,
      adapterSource: "ml-explore/mlx-lm@d78bf58e mlx_lm/tuner/utils.py",
      source: "mlx-lm 0.32.2 wheel; ml-explore/mlx-lm@d78bf58e mlx_lm/utils.py and mlx_lm/models (types, and the "
        + "quantizations of others)"),
    .openvino: LoadingFacts(
      converts: ["gptq", "awq", "bitnet", "mxfp4"], ggufArchitectures: ["llama", "qwen2", "qwen3"],
      ggufFormats: ["F16", "F32", "Q8_0", "Q4_0", "Q4_1", "Q4_K", "Q6_K"],
      adapterSource: "openvinotoolkit.github.io/openvino.genai/docs/guides/lora-adapters",
      pipelines: ["Flux", "LTX", "LatentConsistencyModel", "QwenImage", "Sana", "StableDiffusion"],
      pipelineExport: "optimum-cli export openvino -m {model} model-ov/",
      pipelineRunner: "Text2ImagePipeline of openvino-genai",
      source: "openvino-genai 2026.4.1.0 (GGUF reader: llama, qwen2, qwen3); huggingface/optimum-intel@e1de5bee "
        + "optimum/exporters/openvino/__main__.py (quantized input) and convert.py (image generators)"),
    .olive: LoadingFacts(
      converts: ["gptq", "awq"], ggufFormats: ["F16", "F32"],
      adapterSource: "microsoft/Olive@19fd0567 olive/cli/convert_adapters.py",
      pipelines: ["FluxPipeline", "StableDiffusionPipeline", "StableDiffusionXLPipeline"],
      pipelineExport: "olive capture-onnx-graph -m {model} --torch_dtype float16",
      source: "onnxruntime-genai 0.18.0 model builder (reads Hugging Face folders, and GGUF files in F16 or F32); "
        + "microsoft/Olive olive/model/handler/diffusers.py and olive/cli/init/diffusers_flow.py (image generators)"),
    .executorch: LoadingFacts(source: "optimum-executorch 1.1.0 wheel"),
    .litertLM: LoadingFacts(source: "litert-torch 0.10.0 wheel"),
    .mlcLLM: LoadingFacts(source: "mlc-ai/mlc-llm@79d603f0"),
    .qnn: LoadingFacts(source: "onnxruntime-qnn 2.7.0 wheel"),
  ]
}
