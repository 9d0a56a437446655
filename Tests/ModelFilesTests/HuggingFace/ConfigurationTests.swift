import ModelFiles
import TestSupport
import Testing

/// What a configuration must be read as.
struct ConfigurationCase: Sendable, CustomStringConvertible {
  var name: String
  var config: String
  var architecture: String
  var kind: ModelKind = .language
  var attention: AttentionKind?
  /// Growth, layers, window, key values and value values of each group.
  var layers: [CacheLayers]
  var recurrentStateBytes: Int? = 0

  var description: String { name }

  /// The widths and layers follow from the published configurations of the models, recomputed by hand.
  static let all: [ConfigurationCase] = [
    ConfigurationCase(
      name: "Llama 3.2 1B",
      config: #"""
        {"architectures":["LlamaForCausalLM"],"model_type":"llama","hidden_size":2048,"intermediate_size":8192,
         "num_hidden_layers":16,"num_attention_heads":32,"num_key_value_heads":8,"head_dim":64,"vocab_size":128256,
         "max_position_embeddings":131072,"rope_theta":500000.0,"rms_norm_eps":1e-05,"tie_word_embeddings":true,
         "rope_scaling":{"factor":32.0,"high_freq_factor":4.0,"low_freq_factor":1.0,
         "original_max_position_embeddings":8192,"rope_type":"llama3"}}
        """#, architecture: "llama", attention: .groupedQuery,
      layers: [CacheLayers(growth: .full, layerCount: 16, keyValues: 512, valueValues: 512)]),
    ConfigurationCase(
      name: "DeepSeek V3, latent attention",
      config: #"""
        {"architectures":["DeepseekV3ForCausalLM"],"model_type":"deepseek_v3","hidden_size":7168,"num_hidden_layers":61,
         "num_attention_heads":128,"num_key_value_heads":128,"kv_lora_rank":512,"q_lora_rank":1536,
         "qk_nope_head_dim":128,"qk_rope_head_dim":64,"v_head_dim":128,"n_routed_experts":256,"n_shared_experts":1,
         "num_experts_per_tok":8,"moe_intermediate_size":2048,"first_k_dense_replace":3,"intermediate_size":18432,
         "num_nextn_predict_layers":1,"vocab_size":129280,"max_position_embeddings":163840,
         "quantization_config":{"quant_method":"fp8","fmt":"e4m3","activation_scheme":"dynamic",
         "weight_block_size":[128,128]}}
        """#, architecture: "deepseek2", attention: .latent,
      layers: [CacheLayers(growth: .full, layerCount: 61, keyValues: 576, valueValues: 0)]),
    ConfigurationCase(
      name: "Gemma 3 4B, text inside and a window in five of six layers",
      config: #"""
        {"architectures":["Gemma3ForConditionalGeneration"],"model_type":"gemma3","text_config":{
         "model_type":"gemma3_text","hidden_size":2560,"intermediate_size":10240,"num_hidden_layers":34,
         "num_attention_heads":8,"num_key_value_heads":4,"head_dim":256,"sliding_window":1024,"vocab_size":262208,
         "sliding_window_pattern":6},"vision_config":{"hidden_size":1152,"num_hidden_layers":27}}
        """#, architecture: "gemma3", kind: .visionLanguage, attention: .groupedQuery,
      layers: [
        CacheLayers(growth: .full, layerCount: 5, keyValues: 1024, valueValues: 1024),
        CacheLayers(growth: .window, layerCount: 29, windowTokens: 1024, keyValues: 1024, valueValues: 1024),
      ]),
    ConfigurationCase(
      name: "gpt-oss, layers listed one by one",
      config: #"""
        {"architectures":["GptOssForCausalLM"],"model_type":"gpt_oss","hidden_size":2880,"num_hidden_layers":4,
         "num_attention_heads":64,"num_key_value_heads":8,"head_dim":64,"sliding_window":128,"num_local_experts":32,
         "num_experts_per_tok":4,"layer_types":["sliding_attention","full_attention","sliding_attention",
         "full_attention"],"quantization_config":{"quant_method":"mxfp4"}}
        """#, architecture: "gpt-oss", attention: .groupedQuery,
      layers: [
        CacheLayers(growth: .full, layerCount: 2, keyValues: 512, valueValues: 512),
        CacheLayers(growth: .window, layerCount: 2, windowTokens: 128, keyValues: 512, valueValues: 512),
      ]),
    ConfigurationCase(
      name: "Qwen2.5, whose window is switched off",
      config: #"""
        {"architectures":["Qwen2ForCausalLM"],"model_type":"qwen2","hidden_size":896,"num_hidden_layers":24,
         "num_attention_heads":14,"num_key_value_heads":2,"sliding_window":32768,"use_sliding_window":false}
        """#, architecture: "qwen2", attention: .groupedQuery,
      layers: [CacheLayers(growth: .full, layerCount: 24, keyValues: 128, valueValues: 128)]),
    ConfigurationCase(
      name: "Qwen3-Next, three of four layers recurrent",
      config: #"""
        {"architectures":["Qwen3NextForCausalLM"],"model_type":"qwen3_next","hidden_size":2048,"num_hidden_layers":48,
         "num_attention_heads":16,"num_key_value_heads":2,"head_dim":256,"full_attention_interval":4,
         "linear_conv_kernel_dim":4,"linear_key_head_dim":128,"linear_num_key_heads":16,"linear_num_value_heads":32,
         "linear_value_head_dim":128,"num_experts":512,"num_experts_per_tok":10,
         "shared_expert_intermediate_size":512}
        """#, architecture: "qwen3next", attention: .groupedQuery,
      layers: [CacheLayers(growth: .full, layerCount: 12, keyValues: 512, valueValues: 512)],
      // 36 layers of 3 x (4096 + 2 x 16 x 128) convolution and 128 x 4096 state values in F32.
      recurrentStateBytes: 36 * 4 * (3 * (4096 + 4096) + 128 * 4096)),
    ConfigurationCase(
      name: "LFM2, convolutions listed",
      config: #"""
        {"architectures":["Lfm2ForCausalLM"],"model_type":"lfm2","hidden_size":1024,"num_hidden_layers":4,
         "num_attention_heads":16,"num_key_value_heads":8,"conv_L_cache":3,"layer_types":["conv","conv",
         "full_attention","conv"]}
        """#, architecture: "lfm2", attention: .groupedQuery,
      layers: [CacheLayers(growth: .full, layerCount: 1, keyValues: 512, valueValues: 512)],
      recurrentStateBytes: 3 * 4 * 1024 * 2),
    ConfigurationCase(
      name: "Jamba, one of eight layers attends",
      config: #"""
        {"architectures":["JambaForCausalLM"],"model_type":"jamba","hidden_size":4096,"num_hidden_layers":32,
         "num_attention_heads":32,"num_key_value_heads":8,"attn_layer_period":8,"attn_layer_offset":4,
         "mamba_d_conv":4,"mamba_d_state":16,"mamba_expand":2,"num_experts":16,"num_experts_per_tok":2}
        """#, architecture: "jamba", attention: .groupedQuery,
      layers: [CacheLayers(growth: .full, layerCount: 4, keyValues: 1024, valueValues: 1024)],
      recurrentStateBytes: 28 * 4 * (3 * 8192 + 16 * 8192)),
    ConfigurationCase(
      name: "Nemotron-H, a pattern of letters",
      config: #"""
        {"architectures":["NemotronHForCausalLM"],"model_type":"nemotron_h","hidden_size":1024,"num_hidden_layers":6,
         "num_attention_heads":16,"num_key_value_heads":4,"head_dim":64,"hybrid_override_pattern":"M-M*-M",
         "conv_kernel":4,"ssm_state_size":128,"n_groups":8,"mamba_num_heads":32,"mamba_head_dim":64,
         "intermediate_size":4096}
        """#, architecture: "nemotron_h", attention: .groupedQuery,
      layers: [CacheLayers(growth: .full, layerCount: 1, keyValues: 256, valueValues: 256)],
      recurrentStateBytes: 3 * 4 * (3 * (2048 + 2 * 8 * 128) + 128 * 2048)),
    ConfigurationCase(
      name: "Gemma 4, wider heads where everything is seen, and layers that share",
      config: #"""
        {"architectures":["Gemma4ForConditionalGeneration"],"model_type":"gemma4","text_config":{
         "model_type":"gemma4_text","hidden_size":1536,"num_hidden_layers":6,"num_attention_heads":8,
         "num_key_value_heads":1,"head_dim":256,"global_head_dim":512,"sliding_window":512,"num_kv_shared_layers":2,
         "layer_types":["sliding_attention","sliding_attention","full_attention","sliding_attention",
         "sliding_attention","full_attention"]},"vision_config":{},"audio_config":{}}
        """#, architecture: "gemma4", kind: .visionLanguage, attention: .multiQuery,
      layers: [
        CacheLayers(growth: .full, layerCount: 1, keyValues: 512, valueValues: 512),
        CacheLayers(growth: .window, layerCount: 3, windowTokens: 512, keyValues: 256, valueValues: 256),
      ]),
    ConfigurationCase(
      name: "Kimi Linear, delta attention beside latent",
      config: #"""
        {"architectures":["KimiLinearForCausalLM"],"model_type":"kimi_linear","hidden_size":2304,"num_hidden_layers":4,
         "num_attention_heads":32,"num_key_value_heads":32,"kv_lora_rank":512,"qk_nope_head_dim":128,
         "qk_rope_head_dim":64,"v_head_dim":128,"linear_attn_config":{"full_attn_layers":[4],"kda_layers":[1,2,3],
         "head_dim":128,"num_heads":32,"short_conv_kernel_size":4}}
        """#, architecture: "kimi-linear", attention: .latent,
      layers: [CacheLayers(growth: .full, layerCount: 1, keyValues: 576, valueValues: 0)],
      recurrentStateBytes: 3 * 4 * (3 * 3 * 4096 + 128 * 4096)),
    ConfigurationCase(
      name: "BERT, which caches nothing",
      config: #"""
        {"architectures":["BertModel"],"model_type":"bert","hidden_size":384,"num_hidden_layers":12,
         "num_attention_heads":12,"intermediate_size":1536,"vocab_size":30522,"max_position_embeddings":512}
        """#, architecture: "bert", kind: .encoder, attention: .multiHead, layers: []),
    ConfigurationCase(
      name: "Falcon 7B, one head for all",
      config: #"""
        {"architectures":["FalconForCausalLM"],"model_type":"falcon","hidden_size":4544,"num_hidden_layers":32,
         "num_attention_heads":71,"multi_query":true,"new_decoder_architecture":false,"num_kv_heads":71}
        """#, architecture: "falcon", attention: .multiQuery,
      layers: [CacheLayers(growth: .full, layerCount: 32, keyValues: 64, valueValues: 64)]),
  ]
}

@Suite("A model's configuration")
struct ConfigurationTests {
  @Test("gives the same plan as a GGUF file would", arguments: ConfigurationCase.all)
  func plans(_ example: ConfigurationCase) throws {
    let model = try described(example.config)
    #expect(model.architecture == example.architecture)
    #expect(model.kind == example.kind)
    #expect(model.attention == example.attention)
    #expect(model.cacheLayers == example.layers)
    #expect(model.recurrentStateBytes == example.recurrentStateBytes)
  }

  @Test("tells latent ranks, experts and the method of quantization")
  func deepSeek() throws {
    let config = try #require(ConfigurationCase.all.first { $0.architecture == "deepseek2" }?.config)
    let model = try described(config)
    let shape = model.hyperparameters
    #expect(shape.latentRank == 512)
    #expect(shape.latentQueryRank == 1536)
    #expect(shape.latentKeyLength == 192)
    #expect(shape.latentValueLength == 128)
    #expect(shape.expertCount == 256)
    #expect(shape.expertSharedCount == 1)
    #expect(shape.leadingDenseBlockCount == 3)
    // Without weights that hold it, the layer that predicts is not counted.
    #expect(shape.predictionLayerCount == nil)
    #expect(model.quantization?.method == "fp8")
    #expect(model.quantization?.groupSize == 128)
  }

  @Test("counts the layers that predict further tokens when the weights hold them")
  func prediction() throws {
    let config = try #require(ConfigurationCase.all.first { $0.architecture == "deepseek2" }?.config)
    let tree = try folder(
      config, [.init("model.layers.0.x.weight", "BF16", [2, 2]), .init("model.layers.61.x.weight", "BF16", [2, 4])])
    let model = try ModelFile.describe(path: tree.path)
    #expect(model.hyperparameters.blockCount == 62)
    #expect(model.hyperparameters.predictionLayerCount == 1)
    #expect(model.cacheLayers?.map(\.layerCount) == [61])
    #expect(model.components.map(\.role) == [.languageModel, .draft])
    #expect(model.components.map(\.parameterCount) == [4, 8])
  }

  @Test("that is wrong is refused by the name of the field", arguments: wrongOnes)
  func wrong(config: String, says: String) throws {
    let error = try #require(throws: ModelFileError.self) { try described(config) }
    #expect(error.kind == .malformed)
    #expect(error.message.contains(says), "\(error)")
    #expect(error.path?.hasSuffix("config.json") == true)
  }

  static let wrongOnes: [(String, String)] = [
    (#"{"hidden_size":-1}"#, "'hidden_size' must be a whole number from 0"),
    (#"{"hidden_size":"wide"}"#, "not the text \"wide\""),
    (#"{"text_config":{"num_attention_heads":1e300}}"#, "'text_config.num_attention_heads'"),
    (#"{"num_hidden_layers":5000}"#, "at most 4096 layers"),
    (#"{"num_hidden_layers":4,"layer_types":["full_attention","full_attention"]}"#, "has 2 entries"),
    (#"{"num_key_value_heads":[1,true]}"#, "'num_key_value_heads'"),
    ("[1]", "must be a JSON object, not an array"), ("{\"a\":1,\"a\":2}", "duplicate"),
  ]

  @Test("that is a bomb is refused")
  func bombs() throws {
    for (bomb, says) in [
      (String(repeating: "[", count: 100_000), "nested"),
      ("[" + String(repeating: "0,", count: 300_000) + "0]", "more than the limit of 200000 values"),
    ] {
      let error = try #require(throws: ModelFileError.self) { try described(bomb) }
      #expect(error.message.contains(says))
    }
  }

  @Test("that is cut anywhere is refused")
  func truncations() throws {
    let config = Array(ConfigurationCase.all[0].config.utf8)
    let tree = try folder("{}")
    for length in 1..<config.count {
      try tree.write(Array(config.prefix(length)), to: "config.json")
      let error = try #require(throws: ModelFileError.self, "\(length)") { try ModelFile.open(path: tree.path) }
      #expect(error.kind == .malformed, "\(error)")
      #expect((0...length).contains(try #require(error.byteOffset)), "\(error)")
    }
  }
}
