import ModelFiles
import TestSupport
import Testing

@Suite("The quantization of NVIDIA's Model Optimizer")
struct ModelOptTests {
  @Test("is read from the file beside the configuration", arguments: algorithms)
  func beside(algorithm: String, bits: Int, type: String, groupSize: Int?, activationBits: Int?) throws {
    let scheme = try #require(try described(file: #"{"quant_algo":"\#(algorithm)"}"#).quantization)
    #expect(scheme.method == "modelopt")
    #expect(scheme.algorithms == [algorithm.uppercased()])
    #expect(scheme.bits == bits)
    #expect(scheme.weightType == type)
    #expect(scheme.groupSize == groupSize)
    #expect(scheme.activationBits == activationBits)
  }

  static let algorithms: [(String, Int, String, Int?, Int?)] = [
    ("FP8", 8, "fp8 e4m3", nil, 8), ("fp8_pb_wo", 8, "fp8 e4m3", nil, nil), ("NVFP4", 4, "nvfp4", 16, 4),
    ("W4A16_NVFP4", 4, "nvfp4", 16, nil), ("W4A16_AWQ", 4, "int4", nil, nil), ("MXFP8", 8, "mxfp8", 32, 8),
    ("W8A8_SQ_PER_CHANNEL", 8, "int8", nil, 8),
  ]

  @Test("tells groups, modules that were left out and the cache")
  func details() throws {
    let scheme = try #require(
      try described(
        file: #"""
          {"quant_algo":"W4A16_AWQ","group_size":128,"has_zero_point":false,"pre_quant_scale":true,
          "kv_cache_quant_algo":"FP8","exclude_modules":["lm_head","model.layers.0*"]}
          """#
      ).quantization)
    #expect(scheme.groupSize == 128)
    #expect(scheme.isSymmetric == true)
    #expect(scheme.cacheType == "FP8")
    #expect(scheme.excludedModules == ["lm_head", "model.layers.0*"])
  }

  @Test("is read from config.json in its later form")
  func flat() throws {
    let config = #"""
      {"quantization_config":{"quant_method":"modelopt","quant_algo":"NVFP4","ignore":["lm_head"],
      "kv_cache_scheme":{"dynamic":false,"num_bits":8,"type":"float"}}}
      """#
    let model = try ModelFilesTests.described(config)
    let scheme = try #require(model.quantization)
    #expect(scheme.algorithms == ["NVFP4"])
    #expect(scheme.cacheType == "FP8")
    #expect(scheme.excludedModules == ["lm_head"])
    let both = try ModelFilesTests.described(
      config, files: ["hf_quant_config.json": #"{"quantization":{"quant_algo":"FP8"}}"#])
    #expect(both.quantization?.algorithms == ["NVFP4"])
    #expect(both.notes.contains { $0.contains("NVFP4, but hf_quant_config.json says FP8") }, "\(both.notes)")
    #expect(model.notes.allSatisfy { !$0.contains("hf_quant_config") })
  }

  @Test("names each algorithm of a mixture")
  func mixture() throws {
    let scheme = try #require(
      try described(
        file: #"""
          {"quant_algo":"MIXED_PRECISION","quantized_layers":{"a":{"quant_algo":"NVFP4","group_size":16},
          "b":{"quant_algo":"FP8"},"c":{"quant_algo":"FP8"}}}
          """#
      ).quantization)
    #expect(scheme.algorithms == ["FP8", "NVFP4"])
    #expect(scheme.overrideCount == 3)
    #expect(scheme.bits == nil)
  }

  @Test("that names no algorithm is none")
  func none() throws {
    #expect(try described(file: #"{"quant_algo":null,"kv_cache_quant_algo":"FP8"}"#).quantization == nil)
  }

  @Test("that is damaged is refused with the file and the field", arguments: damaged)
  func bad(text: String, says: String) throws {
    let tree = try folder("{}", files: ["hf_quant_config.json": text])
    let error = try #require(throws: ModelFileError.self) { try ModelFile.open(path: tree.path) }
    #expect(error.kind == .malformed)
    #expect(error.path?.hasSuffix("/hf_quant_config.json") == true)
    #expect(error.message.contains(says), "\(error.message)")
  }

  static let damaged: [(String, String)] = [
    (#"{"quantization":4}"#, "'quantization' must be an object"),
    (#"{"quantization":{"quant_algo":8}}"#, "'quantization.quant_algo' must be the name"),
    (#"{"quantization":{"quant_algo":""}}"#, "'quantization.quant_algo' must be the name"),
    (#"{"quantization":{"quant_algo":"FP8","kv_cache_quant_algo":[]}}"#, "kv_cache_quant_algo"),
    ("[]", "must be a JSON object"), (" ", "cannot be read"),
    (String(repeating: "[", count: 100_000), "cannot be read"),
    (#"{"quantization":"# + String(repeating: #"{"a":"#, count: 200), "cannot be read"),
  ]

  @Test("that is cut anywhere is refused")
  func truncations() throws {
    let text = Array(#"{"producer":{"name":"modelopt"},"quantization":{"quant_algo":"FP8","group_size":16}}"#.utf8)
    let tree = try folder("{}")
    for length in 1..<text.count {
      try tree.write(Array(text.prefix(length)), to: "hf_quant_config.json")
      let error = try #require(throws: ModelFileError.self, "\(length)") { try ModelFile.open(path: tree.path) }
      #expect(error.kind == .malformed)
    }
  }

  @Test("with absurd names and numbers is described within bounds")
  func absurd() throws {
    let name = String(repeating: "X", count: 10_000)
    let layers = (0..<1000).map { #""l\#($0)":{"quant_algo":"A\#($0)"}"# }.joined(separator: ",")
    let long = try described(file: #"{"quant_algo":"\#(name)","group_size":-5}"#)
    #expect(long.quantization?.algorithms.first?.count == 60)
    #expect(long.quantization?.groupSize == nil)
    let many = try described(file: #"{"quant_algo":"MIXED_PRECISION","quantized_layers":{\#(layers)}}"#)
    #expect(many.quantization?.algorithms.count == 32)
    #expect(many.quantization?.overrideCount == 1000)
  }

  private func described(file: String) throws -> ModelDescription {
    try ModelFilesTests.described(
      #"{"architectures":["LlamaForCausalLM"],"model_type":"llama"}"#,
      files: [
        "hf_quant_config.json": #"{"producer":{"name":"modelopt","version":"0.29.0"},"quantization":\#(file)}"#
      ])
  }
}
