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
      if model.isMixtureOfExperts {
        .mixtureOfExperts
      } else if model.hasRecurrentLayers {
        .hybridLanguageModel
      } else {
        .denseLanguageModel
      }
    modalities = [.text]
    parameterCount = model.parameterCount
    activeParameterCount = model.activeParameterCount
    weightBytes = model.weightBytes
    if model.origin == .file {
      path = model.source
      fileFormat = "gguf"
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
}
