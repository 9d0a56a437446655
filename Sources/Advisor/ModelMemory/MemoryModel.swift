package import ModelFiles

/// A model whose memory can be computed for any settings in a millisecond: everything that has to be read was read.
package struct MemoryModel: Sendable {
  /// What the model is; for a name of the catalogue, as its file would describe it.
  package let description: ModelDescription
  package let weights: WeightBytes?
  private let llamaCpp: LlamaCppMemory
  private let known = ForecastMemory()

  /// A model with the head of a GGUF file, its own or one that was worked out from a shape.
  package init(header: GGUFFile, description: ModelDescription? = nil, weights: WeightBytes?) {
    let model = description ?? ModelDescription(header)
    self.description = model
    self.weights = weights
    llamaCpp = LlamaCppMemory(shape: LlamaCppShape(header), model: model, weights: weights)
  }

  private init(description: ModelDescription, weights: WeightBytes?, shape: LlamaCppShape?) {
    self.description = description
    self.weights = weights
    llamaCpp = LlamaCppMemory(shape: shape, model: description, weights: weights)
  }

  /// The same model with other weights.
  func with(weights: WeightBytes?) -> MemoryModel {
    MemoryModel(description: description, weights: weights, shape: llamaCpp.shape)
  }

  /// A model of which only a description is known.
  package init(description: ModelDescription, weights: WeightBytes?) {
    self.description = description
    self.weights = weights
    llamaCpp = LlamaCppMemory(shape: nil, model: description, weights: weights)
  }

  /// The memory in `engine`.
  package func forecast(_ settings: MemorySettings, engine: MemoryEngine = .llamaCpp) -> MemoryForecast {
    known.forecast(settings, engine) {
      switch engine {
      case .llamaCpp: llamaCpp.forecast(settings)
      case .edgewise: EdgewiseMemory(model: description, weights: weights).forecast(settings)
      default: OtherEngineMemory(model: description, weights: weights, engine: engine).forecast(settings)
      }
    }
  }
}
