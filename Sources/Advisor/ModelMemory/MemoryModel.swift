package import Blueprints
package import Evidence
package import Knowledge
package import ModelFiles
package import TensorFormats

/// A model whose memory can be computed for any settings in a millisecond: everything that has to be read was read.
package struct MemoryModel: Sendable {
  /// What the model is; for a name of the catalogue, as its file would describe it.
  package let description: ModelDescription
  package private(set) var weights: WeightBytes?
  private let llamaCpp: LlamaCppMemory
  /// Shared with the same model in other formats, of which only the weights differ.
  private let known = ForecastMemory()
  private let sizes: WeightSizes

  /// A model with the head of a GGUF file, its own or one that was worked out from a shape, and the tensors that other
  /// formats are worked out for.
  package init(
    header: GGUFFile, description: ModelDescription? = nil, tensors: FileTypeSizes? = nil, weights: WeightBytes?
  ) {
    let model = description ?? ModelDescription(header)
    self.description = model
    self.weights = weights
    llamaCpp = LlamaCppMemory(shape: LlamaCppShape(header), model: model)
    sizes = WeightSizes(model, tensors)
  }

  /// A model of which only a description is known.
  package init(description: ModelDescription, weights: WeightBytes?) {
    self.description = description
    self.weights = weights
    llamaCpp = LlamaCppMemory(shape: nil, model: description)
    sizes = WeightSizes(description, nil)
  }

  /// The weights in a format of the catalogue; nil when the number of parameters is not known.
  package func weights(in record: QuantizationRecord) -> WeightBytes? { sizes.bytes(record) }

  /// The weights in a file type of llama.cpp; nil when the number of parameters is not known.
  package func weights(in type: FileTypeRecipe) -> WeightBytes? { sizes.bytes(type) }

  /// The same model with other weights.
  package func with(weights: WeightBytes?) -> MemoryModel {
    var other = self
    other.weights = weights
    return other
  }

  /// The memory in `engine`.
  package func forecast(_ settings: MemorySettings, engine: MemoryEngine = .llamaCpp) -> MemoryForecast {
    switch engine {
    case .llamaCpp: known.forecast(settings, engine) { llamaCpp.forecast(settings) }.adding(weights)
    case .edgewise:
      known.forecast(settings, engine) { EdgewiseMemory(model: description).forecast(settings) }.adding(weights)
    default: OtherEngineMemory(model: description, weights: weights, engine: engine).forecast(settings)
    }
  }

  /// What one more token of context costs in llama.cpp while no window is full; nil when the layers are not known.
  package func kvBytesPerToken(_ settings: MemorySettings) -> Quantity? { llamaCpp.kvBytesPerToken(settings) }
}
