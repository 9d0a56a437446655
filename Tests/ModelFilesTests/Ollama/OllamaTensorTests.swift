import ModelFiles
import TestSupport
import Testing

/// The blobs of one model in a store of Ollama, by the name of their layer.
private struct TensorStore {
  var layers: [(kind: String, name: String, bytes: [UInt8])] = []
  private let path = "manifests/registry.ollama.ai/library/tiny/1b"

  mutating func add(_ name: String, _ writer: SafetensorsWriter) { layers.append(("tensor", name, writer.bytes())) }
  mutating func add(_ name: String, json: String) { layers.append(("json", name, Array(json.utf8))) }

  static func digest(_ index: Int) -> String {
    let digits = String(index, radix: 16)
    return String(repeating: "0", count: 64 - digits.count) + digits
  }

  func tree() throws -> FileTree {
    let list = layers.indices.map { index in
      let layer = layers[index]
      return #"{"mediaType":"application/vnd.ollama.image.\#(layer.kind)","digest":"sha256:\#(Self.digest(index))","#
        + #""size":\#(layer.bytes.count),"name":"\#(layer.name)"}"#
    }
    let tree = try FileTree([path: #"{"schemaVersion":2,"layers":[\#(list.joined(separator: ","))]}"#])
    for index in layers.indices { try tree.write(layers[index].bytes, to: "blobs/sha256-" + Self.digest(index)) }
    return tree
  }

  func open() throws -> ModelContents {
    let tree = try tree()
    let name = try #require(OllamaName("tiny:1b"))
    return try withExtendedLifetime(tree) { try OllamaStore(path: tree.path).open(name) }
  }

  /// A packed embedding, a norm, and the configuration of the model that they were made from.
  static var small: TensorStore {
    var store = TensorStore()
    store.add(
      "model.embed_tokens.weight",
      SafetensorsWriter(
        [
          .init("model.embed_tokens.weight", "U32", [32, 16]),
          .init("model.embed_tokens.weight.bias", "BF16", [32, 2]),
          .init("model.embed_tokens.weight.scale", "BF16", [32, 2]),
        ], metadata: [("quant_type", "int4"), ("group_size", "64")]))
    store.add("model.norm.weight", SafetensorsWriter([.init("model.norm.weight", "BF16", [128])]))
    store.add(
      "config.json",
      json: #"""
        {"architectures":["Qwen3ForCausalLM"],"model_type":"qwen3","hidden_size":128,"num_hidden_layers":2,
        "num_attention_heads":4,"vocab_size":32,"quantization_config":{"quant_method":"fp8"}}
        """#)
    store.add("tokenizer.json", json: #"{"model":{"type":"BPE"}}"#)
    return store
  }
}

@Suite("A model of Ollama with a blob for each tensor")
struct OllamaTensorTests {
  @Test("is described from its blobs, and its configuration's quantization is not believed")
  func whole() throws {
    let contents = try TensorStore.small.open()
    let model = contents.description
    #expect(model.name == "tiny:1b")
    #expect(model.storage == .ollama)
    #expect(model.fileFormat == .mlx)
    #expect(model.kind == .language)
    #expect(model.modelClass == "Qwen3ForCausalLM")
    #expect(model.tokenizer?.kind == .byteLevelBPE)
    #expect(model.fileCount == 2)
    #expect(model.parameterCount == 32 * 128 + 128)
    #expect(model.dominantFormat == "MLX 4-bit g64")
    #expect(model.formats.first?.bitsPerParameter == 4.5)
    #expect(model.quantization?.method == "mlx")
    #expect(model.quantization?.weightType == "int4")
    #expect(model.quantization?.groupSize == 64)
    #expect(contents.tensors().count == 4)
    #expect(contents.settings().contains { $0.key == "hidden_size" })
  }

  @Test("names the formats of its engine", arguments: formats)
  func packing(type: String, tensors: [SafetensorsWriter.Tensor], format: String, bits: Double) throws {
    var store = TensorStore()
    store.add("a.weight", SafetensorsWriter(tensors, metadata: [("quant_type", type)]))
    store.add("config.json", json: "{}")
    let model = try store.open().description
    #expect(model.parameterCount == 4096)
    #expect(model.dominantFormat == format)
    #expect(model.formats.first?.bitsPerParameter == bits)
  }

  static let formats: [(String, [SafetensorsWriter.Tensor], String, Double)] = [
    ("INT8", [.init("a.weight", "U32", [32, 32]), .init("a.weight.scale", "BF16", [32, 2])], "MLX 8-bit g64", 8.25),
    ("mxfp4", [.init("a.weight", "U32", [32, 16]), .init("a.weight.scale", "U8", [32, 4])], "MLX mxfp4 g32", 4.25),
    ("mxfp8", [.init("a.weight", "U32", [32, 32]), .init("a.weight.scale", "U8", [32, 4])], "MLX mxfp8 g32", 8.25),
    (
      "nvfp4",
      [
        .init("a.weight", "U32", [32, 16]), .init("a.weight.scale", "U8", [32, 8]),
        .init("a.weight.global_scale", "F32", []),
      ], "MLX nvfp4 g16", 4.5 + 32.0 / 4096
    ),
  ]

  @Test("counts those of another type, also inside one blob")
  func mixed() throws {
    var store = TensorStore.small
    store.add(
      "model.layers.0.mlp.experts",
      SafetensorsWriter(
        [
          .init("x.experts.down_proj.weight", "U32", [2, 4, 32]),
          .init("x.experts.down_proj.weight.scale", "BF16", [2, 4, 2]),
          .init("x.experts.up_proj.weight", "U32", [2, 4, 16]),
          .init("x.experts.up_proj.weight.scale", "BF16", [2, 4, 2]),
        ],
        metadata: [
          ("x.experts.down_proj.weight.quant_type", "int8"), ("x.experts.down_proj.weight.group_size", "64"),
          ("x.experts.up_proj.weight.quant_type", "int4"), ("x.experts.up_proj.weight.group_size", "64"),
        ]))
    let model = try store.open().description
    #expect(model.quantization?.weightType == "int4")
    #expect(model.quantization?.overrideCount == 1)
    #expect(model.formats.map(\.format) == ["MLX 4-bit g64", "MLX 8-bit g64", "BF16"])
  }

  @Test("tells its draft model apart")
  func draft() throws {
    var store = TensorStore.small
    store.add("draft.model.a.weight", SafetensorsWriter([.init("draft.model.layers.9.a.weight", "BF16", [4, 8])]))
    store.add("draft/config.json", json: #"{"model_type":"other"}"#)
    let model = try store.open().description
    #expect(model.components.map(\.role) == [.languageModel, .draft])
    #expect(model.components.last?.bytes == 64)
    #expect(model.activeParameterCount == 32 * 128 + 128)
    #expect(model.architecture == "qwen3")
    #expect(model.hyperparameters.predictionLayerCount == nil)
  }

  @Test("can be inspected, but has no file to run")
  func noFile() throws {
    let tree = try TensorStore.small.tree()
    let name = try #require(OllamaName("tiny:1b"))
    let error = try #require(throws: ModelFileError.self) { try OllamaStore(path: tree.path).weightsPath(name) }
    #expect(error.kind == .unsupportedFormat)
    #expect(error.message.contains("one blob for each tensor"))
  }

  @Test("whose blob is cut anywhere is refused with its path")
  func truncations() throws {
    var store = TensorStore.small
    let whole = store.layers[0].bytes
    for length in stride(from: 1, to: whole.count, by: 7) {
      store.layers[0].bytes = Array(whole.prefix(length))
      let error = try #require(throws: ModelFileError.self, "\(length)") { try store.open() }
      #expect(error.path?.hasSuffix("blobs/sha256-" + TensorStore.digest(0)) == true)
    }
  }

  @Test("whose blobs do not fit together is refused")
  func inconsistent() throws {
    var twice = TensorStore.small
    twice.add("b", SafetensorsWriter([.init("model.norm.weight", "BF16", [128])]))
    #expect(try #require(throws: ModelFileError.self) { try twice.open() }.kind == .inconsistentParts)
    let tree = try TensorStore.small.tree()
    let layer = #"{"mediaType":"application/vnd.ollama.image.tensor","digest":"sha256:\#(TensorStore.digest(1))"}"#
    try tree.write(
      Array(#"{"layers":[\#(layer),\#(layer)]}"#.utf8), to: "manifests/registry.ollama.ai/library/tiny/1b")
    let name = try #require(OllamaName("tiny:1b"))
    let error = try #require(throws: ModelFileError.self) { try OllamaStore(path: tree.path).open(name) }
    #expect(error.message.contains("for two tensors"))
  }

  @Test(
    "with absurd numbers in its metadata is read without them", arguments: ["-1", "0", "99999999999999999999", "x"])
  func absurd(group: String) throws {
    var store = TensorStore()
    let tensors: [SafetensorsWriter.Tensor] = [.init("a", "U32", [4, 8]), .init("a.scale", "BF16", [4, 1])]
    store.add("a", SafetensorsWriter(tensors, metadata: [("quant_type", "int4"), ("group_size", group)]))
    let model = try store.open().description
    #expect(model.quantization?.groupSize == 64)
    #expect(model.parameterCount == 256)
  }

  @Test("whose names lead out of the store stays in it")
  func traversal() throws {
    var store = TensorStore.small
    store.add("../../../etc/passwd", json: "{}")
    store.add("../../x", SafetensorsWriter([.init("y.weight", "BF16", [2])]))
    let model = try store.open().description
    #expect(model.parameterCount == 32 * 128 + 128 + 2)
  }
}
