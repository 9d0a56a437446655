package import Inference
package import Knowledge

extension ModelDimensions {
  /// The shape of a catalogue model, for weights that are made up.
  package init(_ model: CatalogueModel) {
    self.init(
      architecture: model.ggufArchitecture, layers: model.layerCount, hiddenSize: model.hiddenSize,
      intermediateSize: model.feedForwardSize, heads: model.attentionHeadCount, kvHeads: model.keyValueHeadCount,
      headSize: model.headSize, vocabularySize: model.vocabularySize, contextTokens: model.contextLength,
      tiedOutput: model.tiesEmbeddings)
    ropeBase = model.ropeBase
    expertCount = model.expertCount
    windowTokens = model.slidingWindow
    expertsPerToken = model.expertsPerToken
    expertIntermediateSize = model.expertFeedForwardSize
    sharedExpertIntermediateSize = model.sharedExpertFeedForwardSize
    attentionLayers = model.layerCount - model.recurrentLayerCount
    parametersPerToken = Double(model.activeParameterCount)
  }
}
