import Blueprints
import ModelFiles
import TensorFormats
import Testing

@Suite struct BlueprintTests {
  /// A shape that every dense architecture can have.
  static func shape(_ architecture: String) -> ModelShape {
    ModelShape(
      architecture: architecture, name: "small", layers: 8, hiddenSize: 256, feedForwardSize: 512, heads: 4, kvHeads: 2,
      headSize: 64, vocabularySize: 1000, contextTokens: 4096, tiesEmbeddings: true)
  }

  /// Shapes of the architectures that need more.
  static func complete(_ architecture: String) -> ModelShape {
    var shape = shape(architecture)
    shape.slidingWindow = architecture.hasPrefix("gemma") || architecture == "gpt-oss" ? 128 : nil
    if ["qwen3moe", "gpt-oss", "lfm2moe", "deepseek2"].contains(architecture) {
      shape.experts = 8
      shape.expertsUsed = 2
      shape.expertFeedForwardSize = 128
    }
    if architecture == "deepseek2" {
      shape.latent = .init(queryRank: 96, keyValueRank: 64, ropeLength: 32)
      shape.sharedExpertFeedForwardSize = 128
      shape.leadingDenseLayers = 1
    }
    if ["lfm2", "lfm2moe", "granitehybrid", "qwen35"].contains(architecture) {
      shape.attentionLayers = (0..<8).map { $0 % 4 == 3 }
      var recurrence = ModelShape.Recurrence(convolutionKernel: 4)
      recurrence.innerSize = 512
      recurrence.stateSize = 64
      recurrence.heads = 8
      recurrence.groups = 1
      shape.recurrence = recurrence
    }
    if architecture == "gemma3n" || architecture == "gemma4" {
      shape.perLayer = .init(width: 32, vocabularySize: 1000)
      shape.windowKeyLength = 32
      shape.windowLayers = (0..<8).map { $0 % 4 < 3 }
    }
    return shape
  }

  @Test(
    "gives every architecture a head that the reader of files describes",
    arguments: ArchitectureBlueprint.all.map(\.name))
  func everyArchitecture(_ name: String) throws {
    let blueprint = try Blueprint(Self.complete(name))
    #expect(Set(blueprint.tensors.map(\.name)).count == blueprint.tensors.count)
    for recipe in FileTypeRecipe.allCases {
      let layout = try blueprint.layout(recipe)
      let file = try GGUFFile.parse(header: layout.header())
      #expect(file.tensors.count == blueprint.tensors.count)
      let model = ModelDescription(file)
      #expect(model.architecture == name)
      #expect(model.hyperparameters.blockCount == 8)
      #expect(model.parameterCount == blueprint.parameterCount)
      #expect(model.weightBytes == layout.weightBytes)
      #expect(model.cacheLayers != nil)
    }
  }

  @Test("tells which architectures are known when one is not")
  func unknownArchitecture() {
    #expect(throws: BlueprintError.self) { try Blueprint(Self.shape("transformer-xl")) }
  }

  @Test("refuses numbers that no model has", arguments: [0, -1, 1 << 40])
  func absurdNumbers(_ value: Int) {
    var shape = Self.shape("llama")
    shape.hiddenSize = value
    #expect(throws: BlueprintError.self) { try Blueprint(shape) }
    shape = Self.shape("llama")
    shape.layers = value
    #expect(throws: BlueprintError.self) { try Blueprint(shape) }
  }

  @Test("repeats layers, and cuts them, with what differs from layer to layer")
  func layers() throws {
    let shape = Self.complete("lfm2")
    #expect(shape.withLayers(12).attentionLayers.map { $0 ? 1 : 0 } == [0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1])
    #expect(shape.withLayers(2).attentionLayers == [false, false])
    #expect(try Blueprint(shape.withLayers(4)).tensors.contains { $0.name == "blk.3.attn_q.weight" })
  }
}
