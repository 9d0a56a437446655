import Advisor
import Knowledge
import TensorFormats
import TestSupport
import Testing

@Suite("Which frameworks load a model")
struct FrameworkLoadingTests {
  private let advisor = Advisor()

  @Test(
    "is told for every framework, with a reason and a source", arguments: [nil, "gptq", "awq", "fp8", "bitsandbytes"])
  func complete(method: String?) throws {
    let list = try loadings(method: method)
    #expect(Set(list.map(\.framework)) == Set(Framework.allCases))
    #expect(list.allSatisfy { !$0.because.isEmpty && !$0.source.isEmpty })
    #expect(list.map { FrameworkLoading.Verdict.allCases.firstIndex(of: $0.verdict) ?? 0 }.isSorted)
  }

  @Test("depends on how the weights were quantized", arguments: verdicts)
  func methods(method: String?, framework: Framework, verdict: FrameworkLoading.Verdict) throws {
    let list = try loadings(method: method)
    #expect(list.first { $0.framework == framework }?.verdict == verdict)
  }

  static let verdicts: [(String?, Framework, FrameworkLoading.Verdict)] = [
    (nil, .llamaCpp, .afterConversion), (nil, .vllm, .asIs), (nil, .mlx, .asIs), (nil, .openvino, .afterConversion),
    (nil, .qnn, .no), ("gptq", .llamaCpp, .afterConversion), ("awq", .llamaCpp, .no), ("awq", .vllm, .asIs),
    ("bitsandbytes", .llamaCpp, .no), ("bitsandbytes", .tensorrtLLM, .no), ("fp8", .tensorrtLLM, .asIs),
    ("gptq", .executorch, .no), ("gptq", .mlx, .asIs), ("awq", .mlx, .asIs), ("bitsandbytes", .mlx, .no),
    ("mxfp4", .openvino, .afterConversion), ("bitnet", .openvino, .afterConversion), ("quark", .openvino, .no),
  ]

  @Test("depends on the algorithm that ModelOpt used", arguments: modelOptVerdicts)
  func modelOpt(algorithm: String, framework: Framework, verdict: FrameworkLoading.Verdict) throws {
    let list = try loadings(method: nil, files: ["hf_quant_config.json": #"{"quant_algo":"\#(algorithm)"}"#])
    let loading = try #require(list.first { $0.framework == framework })
    #expect(loading.verdict == verdict, "\(loading.because)")
    #expect(loading.because.contains(algorithm))
  }

  static let modelOptVerdicts: [(String, Framework, FrameworkLoading.Verdict)] = [
    ("FP8", .vllm, .asIs), ("NVFP4", .vllm, .asIs), ("W4A16_AWQ", .vllm, .no), ("W4A16_AWQ", .tensorrtLLM, .asIs),
    ("NVFP4", .llamaCpp, .afterConversion), ("W4A16_AWQ", .llamaCpp, .no), ("NVFP4", .openvino, .no),
  ]

  @Test("depends on the class of an image generator's pipeline", arguments: pipelineVerdicts)
  func pipelines(pipeline: String, framework: Framework, verdict: FrameworkLoading.Verdict) throws {
    let tree = try FileTree([
      "model_index.json": #"{"_class_name":"\#(pipeline)","unet":["diffusers","UNet2DConditionModel"]}"#
    ])
    try tree.write(
      SafetensorsWriter([.init("a.weight", "F16", [2, 2])]).bytes(), to: "unet/diffusion_pytorch_model.safetensors")
    let report = try advisor.inspect(ModelInspection(model: tree.path))
    #expect(report.frameworks.first { $0.framework == framework }?.verdict == verdict)
    #expect(report.memoryByContext.isEmpty && report.quantizations.isEmpty && report.next.isEmpty)
  }

  static let pipelineVerdicts: [(String, Framework, FrameworkLoading.Verdict)] = [
    ("StableDiffusionXLPipeline", .openvino, .afterConversion), ("FluxPipeline", .openvino, .afterConversion),
    ("CogVideoXPipeline", .openvino, .no), ("StableDiffusionPipeline", .llamaCpp, .no),
    ("StableDiffusionPipeline", .olive, .afterConversion), ("StableDiffusionPipeline", .vllm, .no),
    ("FluxPipeline", .tensorrtLLM, .unknown), ("StableDiffusionPipeline", .tensorrtLLM, .no),
  ]

  @Test("depends on the class or the type that loaders know", arguments: classVerdicts)
  func classes(config: String, framework: Framework, verdict: FrameworkLoading.Verdict) throws {
    let tree = try FileTree(["config.json": config])
    try tree.write(SafetensorsWriter([.init("a.weight", "F16", [2, 2])]).bytes(), to: "model.safetensors")
    let loading = try advisor.inspect(ModelInspection(model: tree.path)).frameworks.first { $0.framework == framework }
    #expect(loading?.verdict == verdict, "\(loading?.because ?? "")")
  }

  static let classVerdicts: [(String, Framework, FrameworkLoading.Verdict)] = [
    (named("Qwen3ForCausalLM", "qwen3"), .vllm, .asIs), (named("Qwen3ForCausalLM", "qwen3"), .tensorrtLLM, .asIs),
    (named("StrangeForCausalLM", "strange"), .vllm, .unknown),
    (named("StrangeForCausalLM", "strange"), .tensorrtLLM, .unknown),
    (named("StrangeForCausalLM", "strange"), .mlx, .no), (named("Qwen3ForCausalLM", "qwen3"), .mlx, .asIs),
    // What MLX packed, Ollama's MLX engine imports, and llama.cpp's converter does not.
    (named("Qwen3ForCausalLM", "qwen3", mlx), .ollama, .afterConversion),
    (named("Qwen3ForCausalLM", "qwen3", mlx), .llamaCpp, .no),
    (named("PhiForCausalLM", "phi", mlx), .ollama, .no), (named("PhiForCausalLM", "phi", mlx), .mlx, .asIs),
    (named("LlamaForCausalLM", "llama", #""quantization_config":{"quant_method":"gptq","bits":8}"#), .mlx, .no),
    (named("LlamaForCausalLM", "llama", #""quantization_config":{"quant_method":"fp8"}"#), .mlx, .no),
    (named("DeepseekV3ForCausalLM", "deepseek_v3", #""quantization_config":{"quant_method":"fp8"}"#), .mlx, .asIs),
  ]

  private static let mlx = #""quantization":{"group_size":64,"bits":4}"#

  private static func named(_ name: String, _ type: String, _ more: String = #""hidden_size":8"#) -> String {
    #"{"architectures":["\#(name)"],"model_type":"\#(type)",\#(more)}"#
  }

  @Test("tells who takes an adapter, and in whose format", arguments: adapterVerdicts)
  func adapters(settings: String, framework: Framework, verdict: FrameworkLoading.Verdict) throws {
    let tree = try FileTree(["adapter_config.json": settings])
    try tree.write(
      SafetensorsWriter([.init("a.lora_A.weight", "F32", [2, 2])]).bytes(), to: "adapter_model.safetensors")
    let list = try advisor.inspect(ModelInspection(model: tree.path)).frameworks
    let loading = try #require(list.first { $0.framework == framework })
    #expect(loading.verdict == verdict, "\(loading.because)")
    #expect(list.allSatisfy { !$0.because.contains("not checked") && !$0.source.contains("not checked") })
  }

  private static let peft = #"{"peft_type":"LORA","r":8}"#
  private static let mlxAdapter = #"{"fine_tune_type":"lora","num_layers":8,"lora_parameters":{"rank":8,"scale":20.0}}"#

  static let adapterVerdicts: [(String, Framework, FrameworkLoading.Verdict)] = [
    (peft, .vllm, .asIs), (peft, .llamaCpp, .afterConversion), (peft, .openvino, .asIs), (peft, .tensorrtLLM, .asIs),
    (peft, .olive, .afterConversion), (peft, .mlx, .no), (peft, .executorch, .unknown), (mlxAdapter, .mlx, .asIs),
    (mlxAdapter, .vllm, .no), (mlxAdapter, .llamaCpp, .no), (mlxAdapter, .ollama, .afterConversion),
  ]

  @Test("names the commands of a conversion, with the path as one word")
  func commands() throws {
    let tree = try FileTree(["my model/config.json": config(nil)])
    try tree.write(SafetensorsWriter([.init("a.weight", "F16", [2, 2])]).bytes(), to: "my model/model.safetensors")
    let report = try advisor.inspect(ModelInspection(model: tree.path + "/my model"))
    let llama = try #require(report.frameworks.first { $0.framework == .llamaCpp })
    #expect(llama.commands.first?.contains("convert_hf_to_gguf.py '\(tree.path)/my model'") == true)
    #expect(llama.commands.last?.hasPrefix("llama-quantize") == true)
  }

  @Test("of a GGUF file is llama.cpp and Ollama, and others by architecture and format")
  func gguf() throws {
    let tree = try FileTree([:])
    try tree.write(GGUFWriter.small.bytes(), to: "small.gguf")
    try tree.write(GGUFWriter.small.setting("general.architecture", .string("strange")).bytes(), to: "strange.gguf")
    let list = try advisor.inspect(ModelInspection(model: tree.path + "/small.gguf")).frameworks
    #expect(list.filter { $0.verdict == .asIs }.map(\.framework).contains(.llamaCpp))
    #expect(list.first { $0.framework == .vllm }?.verdict == .no)
    // Its token embedding is in Q8_0.
    #expect(list.first { $0.framework == .olive }?.verdict == .no)
    let strange = try advisor.inspect(ModelInspection(model: tree.path + "/strange.gguf")).frameworks
    #expect(strange.allSatisfy { $0.verdict == .no })
    #expect(strange.first { $0.framework == .llamaCpp }?.because.contains("'strange'") == true)
  }

  @Test("is not asked of a name of the catalogue, which has no files")
  func catalogue() throws {
    #expect(try advisor.inspect(ModelInspection(model: "llama-3.2-1b")).frameworks.isEmpty)
  }

  private func loadings(method: String?, files: [String: String] = [:]) throws -> [FrameworkLoading] {
    let tree = try FileTree(files.merging(["config.json": config(method)]) { first, _ in first })
    try tree.write(SafetensorsWriter([.init("a.weight", "F16", [2, 2])]).bytes(), to: "model.safetensors")
    return try withExtendedLifetime(tree) { try advisor.inspect(ModelInspection(model: tree.path)).frameworks }
  }

  private func config(_ method: String?) -> String {
    let quantization = method.map { #","quantization_config":{"quant_method":"\#($0)"}"# } ?? ""
    return #"{"architectures":["LlamaForCausalLM"],"model_type":"llama","hidden_size":8\#(quantization)}"#
  }
}

extension [Int] {
  fileprivate var isSorted: Bool { zip(self, dropFirst()).allSatisfy { $0 <= $1 } }
}
