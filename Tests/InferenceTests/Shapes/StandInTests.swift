import Inference
import JSON
import Kernels
import TensorFormats
import TestSupport
import Testing

@Suite("Shapes of catalogue models")
struct StandInTests {
  struct Entry: Decodable, Sendable, CustomTestStringConvertible {
    let id: String
    let gguf_arch: String
    let kind: String
    let num_layers: Int
    let num_experts: Int?
    let sliding_window: Int?
    let hidden_size: Int
    let intermediate_size: Int
    let num_attention_heads: Int
    let num_key_value_heads: Int
    let head_dim: Int
    let vocab_size: Int
    let context_length: Int
    let tie_word_embeddings: Bool
    let experts_per_token: Int?
    let moe_intermediate_size: Int?
    let shared_expert_intermediate_size: Int?
    let recurrent_or_conv_layers: Int?
    let params_b: Double?
    let params_from_shape_b: Double?
    let active_params_b: Double?

    var testDescription: String { id }

    var dimensions: ModelDimensions {
      var model = ModelDimensions(
        architecture: gguf_arch, layers: num_layers, hiddenSize: hidden_size, intermediateSize: intermediate_size,
        heads: num_attention_heads, kvHeads: num_key_value_heads, headSize: head_dim, vocabularySize: vocab_size,
        contextTokens: context_length, tiedOutput: tie_word_embeddings)
      model.expertsPerToken = experts_per_token
      model.expertCount = num_experts
      model.windowTokens = sliding_window
      model.expertIntermediateSize = moe_intermediate_size
      model.sharedExpertIntermediateSize = shared_expert_intermediate_size
      model.attentionLayers = num_layers - (recurrent_or_conv_layers ?? 0)
      model.parametersPerToken = (active_params_b ?? params_b).map { $0 * 1e9 }
      return model
    }
  }

  static let catalogue: [Entry] = {
    guard let bytes = Repository.bytes("Sources/Knowledge/Facts/models.json"), let json = try? JSON.parse(bytes)
    else { return [] }
    return (try? json.decode([Entry].self)) ?? []
  }()

  @Test("the catalogue is there")
  func catalogueIsThere() { #expect(Self.catalogue.count >= 44) }

  @Test("every catalogue model has a shape with about its parameters per token", arguments: catalogue)
  func parameters(_ entry: Entry) throws {
    let standIn = try StandIn.of(entry.dimensions)
    let wanted = try #require(entry.active_params_b ?? entry.params_b) * 1e9
    let ratio = Double(standIn.shape.parametersPerToken) / wanted
    // Published counts are rounded, and some include vision towers and routers.
    #expect(ratio > 0.8 && ratio < 1.2, "\(ratio)")
    #expect((standIn.note == nil) == (SupportedArchitecture.named(entry.gguf_arch) != nil))
    // The text model alone, all experts included.
    if standIn.note == nil, let exact = entry.params_from_shape_b ?? entry.params_b {
      #expect(abs(Double(standIn.shape.parameters) / (exact * 1e9) - 1) < 0.01)
    }
  }

  @Test("a mixture of experts has its own shape")
  func experts() throws {
    let entry = try #require(Self.catalogue.first { $0.id == "qwen3-30b-a3b" })
    let standIn = try StandIn.of(entry.dimensions)
    let experts = try #require(standIn.shape.experts)
    #expect(experts.count == 128 && experts.used == 8 && experts.intermediateSize == 768)
    #expect(standIn.note == nil)
    #expect(abs(Double(standIn.shape.parameters) / 30.5e9 - 1) < 0.01)
  }

  @Test("a mixture that cannot be run is stood in for by the experts that a token uses")
  func standInForExperts() throws {
    var entry = try #require(Self.catalogue.first { $0.id == "qwen3-30b-a3b" }?.dimensions)
    entry.architecture = "mystery"
    let standIn = try StandIn.of(entry)
    #expect(standIn.shape.intermediateSize == 8 * 768)
    #expect(standIn.note?.contains("mystery") == true && standIn.note?.contains("8 experts") == true)
  }

  @Test("a hybrid without a published size is refused by name")
  func unknownHybrid() {
    var model = ModelDimensions(
      architecture: "mystery", layers: 4, hiddenSize: 64, intermediateSize: 96, heads: 4, kvHeads: 2, headSize: 16,
      vocabularySize: 64, contextTokens: 128, tiedOutput: true)
    model.attentionLayers = 1
    #expect(throws: InferenceError.unsupportedArchitecture("mystery")) { try StandIn.of(model) }
  }

  @Test("absurd dimensions are refused", arguments: [0, -5, Int.max])
  func absurd(_ size: Int) {
    let model = ModelDimensions(
      architecture: "llama", layers: 4, hiddenSize: 64, intermediateSize: size, heads: 4, kvHeads: 2, headSize: 16,
      vocabularySize: 64, contextTokens: 128, tiedOutput: true)
    #expect(
      throws: InferenceError.badHyperparameter(
        name: "intermediate size", expected: "1 to 1048576", found: "\(size)")
    ) { try StandIn.of(model) }
  }

  @Test("a small catalogue model runs with a small working set", arguments: ["smollm2-135m"])
  func runs(_ id: String) throws {
    let entry = try #require(Self.catalogue.first { $0.id == id })
    let standIn = try StandIn.of(entry.dimensions)
    let model = try Model.synthetic(
      name: id, shape: standIn.shape, recipe: .q4_0, workingSetBytes: 32 << 20, memoryLimitBytes: 64 << 20,
      standInNote: standIn.note)
    let session = try Session(
      model: model, kernels: KernelSet.select(), team: ThreadTeam(threads: 2), contextTokens: 32)
    try session.prefill([1, 2, 3])
    #expect(session.logits.allSatisfy { $0.isFinite } && session.logits.count == 49152)
  }
}
