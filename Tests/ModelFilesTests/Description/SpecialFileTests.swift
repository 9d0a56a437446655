import ModelFiles
import TensorFormats
import TestSupport
import Testing

@Suite("A GGUF file that is no language model")
struct SpecialFileTests {
  @Test("is an adapter with its rank, base and targets")
  func adapter() throws {
    var writer = GGUFWriter()
    writer.metadata = [
      ("general.architecture", .string("llama")), ("general.type", .string("adapter")),
      ("adapter.type", .string("lora")), ("adapter.lora.alpha", .float32(32)),
      ("general.base_model.0.name", .string("Tiny")),
    ]
    writer.tensors = [
      .init("blk.0.attn_q.weight.lora_a", [64, 16], .f16), .init("blk.0.attn_q.weight.lora_b", [16, 64], .f16),
    ]
    let model = try ModelFile.parse(writer.bytes()).description
    #expect(model.kind == .adapter)
    #expect(model.adapter?.rank == 16)
    #expect(model.adapter?.alpha == 32)
    #expect(model.adapter?.baseModel == "Tiny")
    #expect(model.adapter?.targets == ["attn_q"])
    #expect(model.cacheLayers == [])
  }

  @Test("is a projector with the shape of its encoder")
  func projector() throws {
    var writer = GGUFWriter()
    writer.metadata = [
      ("general.architecture", .string("clip")), ("general.type", .string("mmproj")),
      ("clip.has_vision_encoder", .bool(true)), ("clip.has_audio_encoder", .bool(true)),
      ("clip.projector_type", .string("qwen2.5o")), ("clip.vision.block_count", .uint32(32)),
      ("clip.vision.embedding_length", .uint32(1280)), ("clip.vision.attention.head_count", .uint32(16)),
    ]
    let model = try ModelFile.parse(writer.bytes()).description
    #expect(model.kind == .projector)
    #expect(model.modalities == [.image, .audio])
    #expect(model.hyperparameters.blockCount == 32)
    #expect(model.hyperparameters.embeddingLength == 1280)
    #expect(model.notes.contains { $0.contains("qwen2.5o") && $0.contains("images and sound") })
  }

  @Test("is an embedding, a reranker or an encoder by how it pools", arguments: pools)
  func pooling(architecture: String, pooling: UInt32?, kind: ModelKind) throws {
    var writer = GGUFWriter.small.setting("general.architecture", .string(architecture))
    if let pooling { writer = writer.setting(architecture + ".pooling_type", .uint32(pooling)) }
    #expect(try ModelFile.parse(writer.bytes()).description.kind == kind)
  }

  static let pools: [(String, UInt32?, ModelKind)] = [
    ("bert", 1, .embedding), ("bert", 0, .encoder), ("bert", 4, .encoder), ("qwen3", 3, .embedding),
    ("qwen3", nil, .language), ("gemma-embedding", nil, .embedding), ("t5", nil, .encoderDecoder),
    ("qwen2vl", nil, .visionLanguage),
  ]

  @Test("leaves the layers that predict out of the active parameters")
  func active() throws {
    var writer = GGUFWriter.small.setting("llama.block_count", .uint32(2))
      .setting("llama.nextn_predict_layers", .uint32(1))
    writer.tensors.append(.init("blk.1.attn_q.weight", [32, 4], .f16))
    let model = try ModelFile.parse(writer.bytes()).description
    #expect(model.parameterCount == 256 + 64 + 64 + 128)
    #expect(model.activeParameterCount == 256 + 64 + 64)
    #expect(model.hyperparameters.predictionLayerCount == 1)
  }

  @Test("lies beside its model in a folder, which then sees")
  func beside() throws {
    let tree = try FileTree([:])
    try tree.write(GGUFWriter.small.bytes(), to: "model.gguf")
    var projector = GGUFWriter()
    projector.metadata = [("general.architecture", .string("clip")), ("clip.has_vision_encoder", .bool(true))]
    projector.tensors = [.init("v.patch.weight", [32, 2], .f16)]
    try tree.write(projector.bytes(), to: "mmproj-model-f16.gguf")
    let model = try ModelFile.describe(path: tree.path)
    #expect(model.kind == .visionLanguage)
    #expect(model.components.map(\.role) == [.languageModel, .projector])
  }

  @Test("is refused by what it is, with what is read instead")
  func refused() throws {
    let tree = try FileTree(["config.json": "{}", "page.html": "<!DOCTYPE html>", "other": "????????????"])
    for (name, says) in [
      ("config.json", "Name the folder"), ("page.html", "an HTML page"), ("other", "Expected a Diffusers folder"),
    ] {
      let error = try #require(throws: ModelFileError.self) { try ModelFile.open(path: tree.path + "/" + name) }
      #expect(error.kind == .notAModel)
      #expect(error.message.contains(says), "\(error)")
    }
  }
}
