package import Knowledge
package import ModelFiles

extension Situation.Model {
  /// The facts of a model that rules look at.
  package init(_ model: ModelDescription) {
    if model.origin == .catalogue, let entry = CatalogueModel.catalogue.record(model.name) {
      self.init(entry)
      return
    }
    self.init()
    let shape = model.hyperparameters
    name = model.name
    architecture = model.architecture
    kind =
      if let other = Self.kind(model.kind) {
        other
      } else if model.isMixtureOfExperts {
        .mixtureOfExperts
      } else if model.hasRecurrentLayers {
        .hybridLanguageModel
      } else {
        .denseLanguageModel
      }
    modalities = model.modalities.isEmpty ? [.text] : model.modalities.compactMap { .init(rawValue: $0.rawValue) }
    parameterCount = model.parameterCount
    activeParameterCount = model.activeParameterCount
    weightBytes = model.weightBytes
    if model.origin == .file {
      path = model.source
      fileFormat = model.fileFormat?.rawValue ?? "gguf"
      quantization = model.fileType ?? model.dominantFormat
    }
    contextLength = shape.contextTokens
    layerCount = shape.blockCount
    hiddenSize = shape.embeddingLength
    feedForwardSize = shape.feedForwardLength?.max()
    vocabularySize = shape.vocabularySize
    attentionHeadCount = shape.headCount?.max()
    keyValueHeadCount = shape.headCountKV?.max()
    headSize = shape.keyLength
    expertCount = shape.expertCount
    tiesEmbeddings = shape.tiedOutput
  }

  /// The kind of what is no language model; nil for those, which differ by their layers.
  private static func kind(_ kind: ModelKind) -> Situation.ModelKind? {
    switch kind {
    case .language, .visionLanguage, .audioLanguage, .unknown: nil
    case .encoderDecoder: .encoderDecoder
    case .embedding, .encoder: .encoder
    case .speech: .speechRecognition
    case .vision: .visionNetwork
    case .imageGeneration: .imageGeneration
    case .adapter, .projector: .other
    }
  }
}
