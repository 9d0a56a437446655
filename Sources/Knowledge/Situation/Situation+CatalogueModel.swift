extension Situation.Model {
  /// The facts of a model of the catalogue; no file is chosen, so weights have no bytes yet.
  package init(_ model: CatalogueModel) {
    self.init()
    name = model.id
    repository = model.repository
    architecture = model.ggufArchitecture
    kind =
      switch model.kind {
      case "dense-llm": .denseLanguageModel
      case "moe-llm": .mixtureOfExperts
      case "hybrid-llm": .hybridLanguageModel
      case "ple-llm": .perLayerEmbedding
      default: .other
      }
    modalities = model.modalities
    parameterCount = model.parameterCount
    activeParameterCount = model.activeParameterCount
    contextLength = model.contextLength
    layerCount = model.layerCount
    hiddenSize = model.hiddenSize
    feedForwardSize = model.feedForwardSize
    vocabularySize = model.vocabularySize
    attentionHeadCount = model.attentionHeadCount
    keyValueHeadCount = model.keyValueHeadCount
    headSize = model.headSize
    expertCount = model.expertCount
    tiesEmbeddings = model.tiesEmbeddings
    keyValueBytesPerToken = model.keyValueBytesPerTokenF16
    keyValueFixedBytes = model.keyValueFixedBytesF16
  }
}
