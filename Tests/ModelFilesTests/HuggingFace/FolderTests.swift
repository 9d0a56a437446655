import ModelFiles
import TestSupport
import Testing

@Suite("A Hugging Face folder")
struct FolderTests {
  @Test("tells tokenizer, license and name")
  func beside() throws {
    let model = try described(
      #"{"model_type":"llama","architectures":["LlamaForCausalLM"],"_name_or_path":"acme/tiny","vocab_size":9}"#,
      files: [
        "README.md": "---\ntags:\n- x\nlicense: apache-2.0\n---\nlicense: mit\n",
        "tokenizer_config.json": #"{"tokenizer_class":"PreTrainedTokenizerFast","chat_template":"{{ x }}"}"#,
        "tokenizer.json": #"{"version":"1.0","added_tokens":[{"id":0}],"model":{"type":"BPE","vocab":{"a":0"#,
      ])
    #expect(model.name == "acme/tiny")
    #expect(model.license == "apache-2.0")
    #expect(model.tokenizer?.kind == .byteLevelBPE)
    #expect(model.tokenizer?.hasChatTemplate == true)
    #expect(model.tokenizer?.vocabularySize == 9)
    #expect(model.notes.contains { $0.contains("no weights") })
  }

  @Test("with checkpoints of PyTorch is described without reading them")
  func pickles() throws {
    let model = try described(#"{"model_type":"gpt2"}"#, files: ["pytorch_model.bin": "12345"])
    #expect(model.parameterCount == nil)
    #expect(model.fileBytes == 5)
    #expect(model.notes.contains { $0.contains("loading one runs code") })
  }

  @Test("of an adapter tells its rank, its base and its targets")
  func adapter() throws {
    let model = try described(
      nil, [.init("base_model.model.x.lora_A.weight", "F32", [8, 4])],
      files: [
        "adapter_config.json":
          #"{"peft_type":"LORA","r":8,"lora_alpha":16,"base_model_name_or_path":"acme/b","target_modules":["v","q"]}"#
      ])
    #expect(model.kind == .adapter)
    #expect(model.adapter?.rank == 8)
    #expect(model.adapter?.alpha == 16)
    #expect(model.adapter?.baseModel == "acme/b")
    #expect(model.adapter?.targets == ["q", "v"])
  }

  @Test("of another kind tells it", arguments: kinds)
  func kind(config: String, files: [String], kind: ModelKind, modalities: [Modality]) throws {
    let model = try described(
      config, files: Dictionary(files.map { ($0, "{}") }, uniquingKeysWith: { first, _ in first }))
    #expect(model.kind == kind)
    #expect(model.modalities == modalities)
  }

  static let kinds: [(String, [String], ModelKind, [Modality])] = [
    (#"{"model_type":"whisper","architectures":["WhisperForConditionalGeneration"]}"#, [], .speech, [.audio]),
    (#"{"model_type":"t5","architectures":["T5ForConditionalGeneration"]}"#, [], .encoderDecoder, [.text]),
    (#"{"model_type":"bert","architectures":["BertModel"]}"#, ["modules.json"], .embedding, [.text]),
    (#"{"model_type":"qwen3","architectures":["Qwen3ForCausalLM"]}"#, ["modules.json"], .embedding, [.text]),
    (#"{"model_type":"bert","architectures":["BertForSequenceClassification"]}"#, [], .encoder, [.text]),
    (#"{"model_type":"vit","architectures":["ViTForImageClassification"]}"#, [], .vision, [.image]),
    (
      #"{"model_type":"voxtral","architectures":["VoxtralForConditionalGeneration"],"audio_config":{},"text_config":{}}"#,
      [], .audioLanguage, [.text, .audio]
    ), (#"{"model_type":"strange"}"#, [], .unknown, []),
  ]

  @Test("of MLX says so, and by what it is known", arguments: layouts)
  func layout(config: String, files: [String: String], metadata: String, layout: ModelLayout, note: String?) throws {
    let tree = try folder(config, files: files)
    let weights = SafetensorsWriter([.init("a.weight", "BF16", [2, 2])], metadata: [("format", metadata)])
    try tree.write(weights.bytes(), to: "model.safetensors")
    let model = try ModelFile.describe(path: tree.path)
    #expect(model.layout == layout)
    #expect(model.fileFormat == (layout == .mlx ? .mlx : .safetensors))
    #expect(model.notes.first { $0.contains("MLX folder") }?.contains(note ?? "?") == (note == nil ? nil : true))
  }

  static let layouts: [(String, [String: String], String, ModelLayout, String?)] = [
    (#"{"model_type":"llama","quantization":{"group_size":64,"bits":4}}"#, [:], "pt", .mlx, "group_size and bits"),
    (#"{"model_type":"llama"}"#, [:], "mlx", .mlx, "MLX wrote them"),
    (#"{"model_type":"llama"}"#, ["README.md": "---\nlibrary_name: mlx\n---\n"], "pt", .mlx, "model card"),
    (
      #"{"model_type":"llama"}"#, ["README.md": "---\nlibrary_name: transformers\n---\nlibrary_name: mlx\n"], "pt",
      .huggingFace, nil
    ),
    (#"{"model_type":"llama","quantization_config":{"quant_method":"gptq"}}"#, [:], "pt", .huggingFace, nil),
  ]

  @Test("that is empty, or holds nothing that is read, is refused with what it holds")
  func nothing() throws {
    let empty = try FileTree([:])
    let error = try #require(throws: ModelFileError.self) { try ModelFile.open(path: empty.path) }
    #expect(error.message.contains("is empty"))
    let other = try FileTree(["notes.txt": "x"])
    let second = try #require(throws: ModelFileError.self) { try ModelFile.open(path: other.path) }
    #expect(second.message.contains("holds notes.txt"))
    #expect(second.kind == .notAModel)
  }
}
