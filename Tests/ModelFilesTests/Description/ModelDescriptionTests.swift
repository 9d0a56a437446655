import ModelFiles
import TestSupport
import Testing

@Suite("Describing a model file")
struct ModelDescriptionTests {
  typealias Value = GGUFWriter.Value

  @Test("counts parameters and bytes by format")
  func sizes() throws {
    let model = ModelDescription(try GGUFFile.parse(GGUFWriter.small.bytes()))
    #expect(model.parameterCount == 256 + 64 + 64)
    #expect(model.weightBytes == 272 + 256 + 36)
    #expect(
      model.formats == [
        FormatSummary(format: "Q8_0", tensors: 1, parameters: 256, bytes: 272),
        FormatSummary(format: "F32", tensors: 1, parameters: 64, bytes: 256),
        FormatSummary(format: "Q4_0", tensors: 1, parameters: 64, bytes: 36),
      ])
    #expect(model.formats[2].bitsPerParameter == 4.5)
    #expect(model.dominantFormat == "Q8_0")
    #expect(model.fileType == "Q8_0")
    #expect(model.hyperparameters.tiedOutput == true)
    #expect(model.lookupOnlyBytes == 0)
    #expect(model.notes.isEmpty)
  }

  @Test("says what is missing instead of guessing")
  func missing() throws {
    let model = ModelDescription(try GGUFFile.parse(GGUFWriter.small.removing("llama.context_length").bytes()))
    #expect(model.hyperparameters.contextTokens == nil)
    #expect(model.notes.contains { $0.contains("'llama.context_length' is missing") })
    let bare = ModelDescription(try GGUFFile.parse(GGUFWriter.small.removing("general.architecture").bytes()))
    #expect(bare.architecture == nil)
    #expect(bare.attention == nil)
    #expect(bare.cacheLayers == nil)
    #expect(bare.notes.contains { $0.contains("'general.architecture' is missing") })
  }

  /// Metadata of an architecture and the layers that must follow from it.
  struct LayerCase: Sendable, CustomStringConvertible {
    let description: String
    let pairs: @Sendable () -> [(String, Value)]
    let attention: AttentionKind?
    let layers: [CacheLayers]?
    let recurrentStateBytes: Int?

    init(
      _ architecture: String, _ attention: AttentionKind?, _ layers: [CacheLayers]?, state: Int? = 0,
      pairs: @Sendable @escaping () -> [(String, Value)]
    ) {
      description = architecture
      self.attention = attention
      self.layers = layers
      recurrentStateBytes = state
      self.pairs = pairs
    }
  }

  private static func dense(_ blocks: UInt32, _ width: UInt32, _ heads: UInt32, _ shared: UInt32) -> [(String, Value)] {
    [
      ("block_count", .uint32(blocks)), ("context_length", .uint32(4096)), ("embedding_length", .uint32(width)),
      ("attention.head_count", .uint32(heads)), ("attention.head_count_kv", .uint32(shared)),
    ]
  }

  static let layerCases: [LayerCase] = [
    // The architectures' published shapes; the sizes follow from the formulas of the file format.
    LayerCase("llama", .groupedQuery, [CacheLayers(growth: .full, layerCount: 32, keyValues: 1024, valueValues: 1024)])
    {
      dense(32, 4096, 32, 8)
    },
    LayerCase("gpt2", .multiHead, [CacheLayers(growth: .full, layerCount: 12, keyValues: 768, valueValues: 768)]) {
      dense(12, 768, 12, 12)
    },
    LayerCase("falcon", .multiQuery, [CacheLayers(growth: .full, layerCount: 32, keyValues: 64, valueValues: 64)]) {
      dense(32, 4544, 71, 1)
    },
    LayerCase(
      "gemma3", .groupedQuery,
      [
        CacheLayers(growth: .full, layerCount: 10, keyValues: 2048, valueValues: 2048),
        CacheLayers(growth: .window, layerCount: 52, windowTokens: 1024, keyValues: 2048, valueValues: 2048),
      ]
    ) {
      dense(62, 5376, 32, 16) + [
        ("attention.key_length", .uint32(128)), ("attention.value_length", .uint32(128)),
        ("attention.sliding_window", .uint32(1024)),
      ]
    },
    LayerCase(
      "phi3", .multiHead, [CacheLayers(growth: .full, layerCount: 32, keyValues: 3072, valueValues: 3072)]
    ) { dense(32, 3072, 32, 32) + [("attention.sliding_window", .uint32(2047))] },
    LayerCase(
      "gemma4", .groupedQuery,
      [
        CacheLayers(growth: .full, layerCount: 1, keyValues: 1024, valueValues: 1024),
        CacheLayers(growth: .window, layerCount: 2, windowTokens: 512, keyValues: 512, valueValues: 512),
      ]
    ) {
      dense(4, 1536, 8, 2) + [
        ("attention.key_length", .uint32(512)), ("attention.value_length", .uint32(512)),
        ("attention.key_length_swa", .uint32(256)), ("attention.value_length_swa", .uint32(256)),
        ("attention.sliding_window", .uint32(512)), ("attention.shared_kv_layers", .uint32(1)),
        ("attention.sliding_window_pattern", .array(7, [.bool(true), .bool(true), .bool(false), .bool(true)])),
      ]
    },
    LayerCase("deepseek2", .latent, [CacheLayers(growth: .full, layerCount: 61, keyValues: 576, valueValues: 0)]) {
      dense(61, 7168, 128, 1) + [
        ("attention.key_length", .uint32(576)), ("attention.value_length", .uint32(512)),
        ("attention.kv_lora_rank", .uint32(512)),
      ]
    },
    LayerCase(
      "qwen35", .groupedQuery, [CacheLayers(growth: .full, layerCount: 6, keyValues: 512, valueValues: 512)],
      state: 18 * 4 * (3 * (2048 + 2 * 16 * 128) + 2048 * 128)
    ) {
      dense(24, 1024, 8, 2) + [
        ("attention.key_length", .uint32(256)), ("attention.value_length", .uint32(256)),
        ("full_attention_interval", .uint32(4)), ("ssm.conv_kernel", .uint32(4)), ("ssm.inner_size", .uint32(2048)),
        ("ssm.state_size", .uint32(128)), ("ssm.group_count", .uint32(16)), ("ssm.time_step_rank", .uint32(16)),
      ]
    },
    LayerCase(
      "lfm2", .groupedQuery, [CacheLayers(growth: .full, layerCount: 1, keyValues: 512, valueValues: 512)],
      state: 2 * 4 * 1024 * 2
    ) {
      dense(3, 1024, 16, 0).dropLast() + [
        ("attention.head_count_kv", .array(5, [.int32(0), .int32(8), .int32(0)])), ("shortconv.l_cache", .uint32(3)),
      ]
    },
    LayerCase("mamba", .recurrent, [], state: 2 * 4 * (3 * 1536 + 16 * 1536)) {
      [
        ("block_count", .uint32(2)), ("context_length", .uint32(1 << 20)), ("embedding_length", .uint32(768)),
        ("attention.head_count", .uint32(0)), ("ssm.conv_kernel", .uint32(4)), ("ssm.inner_size", .uint32(1536)),
        ("ssm.state_size", .uint32(16)), ("ssm.time_step_rank", .uint32(48)),
      ]
    },
    LayerCase("bert", .multiHead, []) { dense(12, 384, 12, 12) + [("attention.causal", .bool(false))] },
    LayerCase("glm4moe", .groupedQuery, [CacheLayers(growth: .full, layerCount: 3, keyValues: 64, valueValues: 64)]) {
      dense(4, 128, 4, 2) + [("nextn_predict_layers", .uint32(1)), ("expert_count", .uint32(8))]
    },
    LayerCase("unheard-of", nil, nil, state: nil) { [("block_count", .uint32(4))] },
  ]

  @Test("knows what each layer of an architecture caches", arguments: layerCases)
  func layers(_ layerCase: LayerCase) throws {
    var writer = GGUFWriter()
    writer.metadata = [("general.architecture", .string(layerCase.description))]
    writer.metadata += layerCase.pairs().map { ("\(layerCase.description).\($0.0)", $0.1) }
    let model = ModelDescription(try GGUFFile.parse(writer.bytes()))
    #expect(model.attention == layerCase.attention)
    #expect(model.cacheLayers == layerCase.layers)
    #expect(model.recurrentStateBytes == layerCase.recurrentStateBytes)
    #expect(model.isMixtureOfExperts == (layerCase.description == "glm4moe"))
  }

  @Test(
    "names the tokenizer",
    arguments: [
      ("llama", TokenizerDescription.Kind.sentencePieceBPE), ("t5", .sentencePieceUnigram), ("gpt2", .byteLevelBPE),
      ("bert", .wordPiece), ("rwkv", .rwkv), ("plamo2", .plamo), ("none", .none), ("something-new", .other),
    ])
  func tokenizer(name: String, kind: TokenizerDescription.Kind) throws {
    let writer = GGUFWriter.small.setting("tokenizer.ggml.model", .string(name))
    let tokenizer = try #require(ModelDescription(try GGUFFile.parse(writer.bytes())).tokenizer)
    #expect(tokenizer.kind == kind)
    #expect(tokenizer.name == name)
  }

  @Test("counts only the experts that a token uses as active")
  func experts() throws {
    var writer = GGUFWriter.small
    writer.metadata += [("llama.expert_count", .uint32(8)), ("llama.expert_used_count", .uint32(2))]
    writer.tensors.append(
      .init("blk.0.ffn_up_exps.weight", [32, 4, 8], format: 0, bytes: Array(repeating: 0, count: 4096)))
    let model = ModelDescription(try GGUFFile.parse(writer.bytes()))
    #expect(model.parameterCount == 384 + 1024)
    #expect(model.activeParameterCount == 384 + 256)
    #expect(model.isMixtureOfExperts)
  }

  @Test("says that a big-endian file cannot be run here")
  func bigEndian() throws {
    var writer = GGUFWriter.small
    writer.bigEndian = true
    let model = ModelDescription(try GGUFFile.parse(writer.bytes()))
    #expect(model.hyperparameters.contextTokens == 128)
    #expect(model.notes.contains { $0.contains("gguf-convert-endian") })
  }
}
