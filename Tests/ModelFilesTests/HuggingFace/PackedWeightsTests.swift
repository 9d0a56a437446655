import ModelFiles
import TestSupport
import Testing

/// A quantized model of one matrix of 256 rows and 512 columns, and one norm of 8 values.
struct PackedCase: Sendable, CustomStringConvertible {
  var name: String
  var config: String
  /// Name, type and shape of each tensor.
  var tensors: [(name: String, type: String, shape: [Int])]
  var format: String
  var bits: Double
  var fileFormat = FileFormat.safetensors

  var description: String { name }

  static let all: [PackedCase] = [
    PackedCase(
      name: "GPTQ", config: #"{"quantization_config":{"quant_method":"gptq","bits":4,"group_size":128,"sym":true}}"#,
      tensors: [
        ("l.qweight", "I32", [64, 256]), ("l.qzeros", "I32", [4, 32]), ("l.scales", "F16", [4, 256]),
        ("l.g_idx", "I32", [512]),
      ], format: "GPTQ int4 g128",
      // 4 bits, a scale of 16 and a zero of 4 bits for 128 values, and 32 bits of order for each column.
      bits: 4 + 20.0 / 128 + 32.0 / 256),
    PackedCase(
      name: "GPTQ of 8 bits without order",
      config: #"{"quantization_config":{"quant_method":"gptq","bits":8,"group_size":-1}}"#,
      tensors: [("l.qweight", "I32", [128, 256]), ("l.qzeros", "I32", [1, 64]), ("l.scales", "F16", [1, 256])],
      format: "GPTQ int8", bits: 8 + 24.0 / 512),
    PackedCase(
      name: "AWQ",
      config: #"{"quantization_config":{"quant_method":"awq","bits":4,"group_size":64,"zero_point":true}}"#,
      tensors: [("l.qweight", "I32", [512, 32]), ("l.qzeros", "I32", [8, 32]), ("l.scales", "F16", [8, 256])],
      format: "AWQ int4 g64", bits: 4 + 20.0 / 64),
    PackedCase(
      name: "compressed-tensors",
      config: #"""
        {"quantization_config":{"quant_method":"compressed-tensors","format":"pack-quantized","config_groups":{"group_0":
        {"targets":["Linear"],"weights":{"num_bits":4,"type":"int","group_size":128,"symmetric":true}}}}}
        """#,
      tensors: [
        ("l.weight_packed", "I32", [256, 64]), ("l.weight_scale", "BF16", [256, 4]), ("l.weight_shape", "I64", [2]),
      ], format: "int4 g128 (compressed-tensors)", bits: 4 + 16.0 / 128 + 128.0 / 131_072),
    PackedCase(
      name: "FP8 in blocks",
      config: #"{"quantization_config":{"quant_method":"fp8","weight_block_size":[128,128]}}"#,
      tensors: [("l.weight", "F8_E4M3", [256, 512]), ("l.weight_scale_inv", "F32", [2, 4])],
      format: "FP8 E4M3 in blocks", bits: 8 + 8 * 32.0 / 131_072),
    PackedCase(
      name: "bitsandbytes NF4",
      config:
        #"{"quantization_config":{"quant_method":"bitsandbytes","load_in_4bit":true,"bnb_4bit_quant_type":"nf4"}}"#,
      tensors: [
        ("l.weight", "U8", [65536, 1]), ("l.weight.absmax", "U8", [2048]), ("l.weight.quant_map", "F32", [16]),
        ("l.weight.quant_state.bitsandbytes__nf4", "U8", [100]),
      ], format: "bitsandbytes NF4", bits: 4 + (2048.0 + 64 + 100) * 8 / 131_072),
    PackedCase(
      name: "bitsandbytes int8",
      config: #"{"quantization_config":{"quant_method":"bitsandbytes","load_in_8bit":true}}"#,
      tensors: [("l.weight", "I8", [256, 512]), ("l.SCB", "F32", [256]), ("l.weight_format", "U8", [])],
      format: "bitsandbytes int8", bits: 8 + 1025.0 * 8 / 131_072),
    PackedCase(
      name: "MLX of 4 bits", config: #"{"quantization":{"group_size":64,"bits":4}}"#,
      tensors: [("l.weight", "U32", [256, 64]), ("l.scales", "BF16", [256, 8]), ("l.biases", "BF16", [256, 8])],
      format: "MLX 4-bit g64", bits: 4.5, fileFormat: .mlx),
    PackedCase(
      name: "MLX with a module of its own",
      config: #"{"quantization":{"group_size":64,"bits":4,"l":{"group_size":32,"bits":6}}}"#,
      tensors: [("l.weight", "U32", [256, 96]), ("l.scales", "F16", [256, 16]), ("l.biases", "F16", [256, 16])],
      format: "MLX 6-bit g32", bits: 7, fileFormat: .mlx),
    PackedCase(
      name: "MXFP4 of gpt-oss", config: #"{"quantization_config":{"quant_method":"mxfp4"}}"#,
      tensors: [("l_blocks", "U8", [1, 256, 16, 16]), ("l_scales", "U8", [1, 256, 16])], format: "MXFP4", bits: 4.25),
    PackedCase(
      name: "NVFP4 of ModelOpt", config: #"{"quantization_config":{"quant_method":"modelopt","quant_algo":"NVFP4"}}"#,
      tensors: [
        ("l.weight", "U8", [256, 256]), ("l.weight_scale", "F8_E4M3", [256, 32]), ("l.weight_scale_2", "F32", []),
        ("l.input_scale", "F32", []),
      ], format: "NVFP4", bits: 4.5 + 64.0 / 131_072),
    PackedCase(
      name: "int4 of ModelOpt",
      config: #"{"quantization_config":{"quant_method":"modelopt","quant_algo":"W4A16_AWQ","group_size":128}}"#,
      tensors: [
        ("l.weight", "U8", [128, 512]), ("l.weight_scale", "BF16", [256, 4]), ("l.pre_quant_scale", "BF16", [512]),
      ], format: "int4 g128 (ModelOpt)", bits: 4 + 16.0 / 128 + 512 * 16.0 / 131_072),
    PackedCase(
      name: "FP8 of ModelOpt", config: #"{"quantization_config":{"quant_method":"modelopt","quant_algo":"FP8"}}"#,
      tensors: [
        ("l.weight", "F8_E4M3", [256, 512]), ("l.weight_scale", "F32", []), ("l.input_scale", "F32", []),
      ], format: "FP8 E4M3", bits: 8 + 64.0 / 131_072),
  ]
}

@Suite("Packed weights")
struct PackedWeightsTests {
  @Test("are counted as what they unpack to, with the bits of their scales", arguments: PackedCase.all)
  func counts(_ example: PackedCase) throws {
    let tensors = example.tensors.map { SafetensorsWriter.Tensor($0.name, $0.type, $0.shape) }
    let model = try described(example.config, tensors + [.init("norm.weight", "F32", [8])])
    #expect(model.parameterCount == 131_072 + 8)
    #expect(model.dominantFormat == example.format)
    let packed = try #require(model.formats.first)
    #expect(packed.parameters == 131_072)
    #expect(abs(packed.bitsPerParameter - example.bits) < 1e-9, "\(packed.bitsPerParameter)")
    #expect(packed.tensors == tensors.count)
    #expect(model.formats.reduce(0) { $0 + $1.bytes } == model.weightBytes)
    #expect(model.fileFormat == example.fileFormat)
  }

  @Test("count the experts that a token uses")
  func experts() throws {
    let model = try described(
      #"""
      {"architectures":["Qwen3MoeForCausalLM"],"model_type":"qwen3_moe","num_experts":4,"num_experts_per_tok":1}
      """#,
      (0..<4).map { .init("model.layers.0.mlp.experts.\($0).up_proj.weight", "BF16", [4, 8]) }
        + [.init("model.embed_tokens.weight", "BF16", [10, 4]), .init("lm_head.weight", "BF16", [10, 4])])
    #expect(model.parameterCount == 208)
    #expect(model.activeParameterCount == 112)
    #expect(model.isMixtureOfExperts)
    #expect(model.lookupOnlyBytes == 80)
    #expect(model.hyperparameters.tiedOutput == false)
  }

  @Test("tell the parts of a model that sees")
  func parts() throws {
    let model = try described(
      #"{"architectures":["LlavaForConditionalGeneration"],"model_type":"llava","text_config":{"model_type":"llama"},"vision_config":{}}"#,
      [
        .init("language_model.model.embed_tokens.weight", "F16", [4, 4]),
        .init("vision_tower.vision_model.x.weight", "F16", [2, 4]),
        .init("multi_modal_projector.linear_1.weight", "F16", [1, 4]),
      ])
    #expect(model.kind == .visionLanguage)
    #expect(model.components.map(\.role) == [.languageModel, .visionEncoder, .projector])
    #expect(model.components.map(\.bytes) == [32, 16, 8])
    #expect(model.family == "LLaVA")
  }
}
