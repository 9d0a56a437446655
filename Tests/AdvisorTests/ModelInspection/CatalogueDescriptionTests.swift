import Advisor
import Knowledge
import ModelFiles
import Testing

@Suite("A model of the catalogue")
struct CatalogueDescriptionTests {
  static let models = CatalogueModel.catalogue.records
  /// Architectures whose parameters follow from the fields of the list, and so are counted.
  static let counted: Set<String> = [
    "gemma2", "gemma3", "gpt-oss", "granite", "lfm2", "llama", "mistral3", "phi3", "qwen2", "qwen3", "qwen3moe",
    "smollm3",
  ]
  /// Published counts that include a vision tower of about 0.42 billion parameters.
  static let withVision: Set<String> = ["gemma-3-4b", "gemma-3-12b"]

  @Test("is there, 44 times")
  func count() { #expect(Self.models.count == 44) }

  @Test("is described, with its parameters counted from the shape where the formula is known", arguments: models)
  func description(model: CatalogueModel) throws {
    let description = ModelDescription(model)
    let parameters = try #require(description.parameterCount)
    let published = model.parametersInBillions * 1e9
    #expect(abs(Double(parameters) - published) / published <= 0.02)
    let isCounted = description.parameterSource.contains("computed from the shape")
    #expect(isCounted == (Self.counted.contains(model.ggufArchitecture) && !Self.withVision.contains(model.id)))
    if isCounted, let fromShape = model.parametersFromShapeInBillions {
      #expect(abs(Double(parameters) / 1e9 - fromShape) < 0.001)
    }
    #expect(description.hyperparameters.contextTokens == model.contextLength)
    #expect(description.attention != nil)
    #expect(description.isMixtureOfExperts == (model.expertCount != nil))
    #expect(description.hasRecurrentLayers == (model.recurrentLayerCount > 0))
  }

  @Test("has exact parameter counts where they are published to the last digit")
  func exact() throws {
    // Source: the parameter counts that the models' safetensors indexes state on Hugging Face.
    let exact = [
      "llama-3.2-1b": 1_235_814_400, "llama-3.1-8b": 8_030_261_248, "qwen2.5-0.5b": 494_032_768,
      "tinyllama-1.1b": 1_100_048_384, "mistral-7b-v0.3": 7_248_023_552, "gemma-2-2b": 2_614_341_888,
      "smollm2-135m": 134_515_008,
    ]
    for (name, parameters) in exact {
      let model = try #require(CatalogueModel.catalogue.record(name))
      #expect(ModelDescription(model).parameterCount == parameters, "\(name)")
    }
  }

  @Test("caches as much for a token as the list says", arguments: models)
  func cache(model: CatalogueModel) throws {
    let layers = try #require(ModelDescription(model).cacheLayers)
    let full = layers.filter { $0.growth == .full }
    let windowed = layers.filter { $0.growth == .window }
    #expect(
      full.reduce(0) { $0 + $1.layerCount * ($1.keyValues + $1.valueValues) * 2 } == model.keyValueBytesPerTokenF16)
    #expect(
      windowed.reduce(0) { $0 + $1.layerCount * ($1.keyValues + $1.valueValues) * 2 * ($1.windowTokens ?? 0) }
        == model.keyValueFixedBytesF16)
  }
}
