package import Blueprints
package import Knowledge

extension ModelShape {
  /// The shape of a model of the catalogue, with what `ShapeRecord` adds; vision and sound parts are left out.
  package init(_ model: CatalogueModel) {
    self.init(
      architecture: model.ggufArchitecture, name: model.id, layers: model.layerCount, hiddenSize: model.hiddenSize,
      feedForwardSize: model.feedForwardSize, heads: model.attentionHeadCount, kvHeads: model.keyValueHeadCount,
      headSize: model.globalHeadSize ?? model.headSize, vocabularySize: model.vocabularySize,
      contextTokens: model.contextLength, tiesEmbeddings: model.tiesEmbeddings)
    ropeBase = model.ropeBase
    experts = model.expertCount
    expertsUsed = model.expertsPerToken
    expertFeedForwardSize = model.expertFeedForwardSize
    sharedExpertFeedForwardSize = model.sharedExpertFeedForwardSize
    slidingWindow = model.slidingWindow
    guard let more = ShapeRecord.catalogue.record(model.id) else { return }
    ropeFactors = more.ropeFactors.flatMap(RopeFactors.init) ?? .none
    ropeDimensions = more.ropeDimensions
    if let attending = more.attentionLayers { attentionLayers = (0..<layers).map { attending.contains($0) } }
    if let kernel = more.convolutionKernel {
      var recurrence = Recurrence(convolutionKernel: kernel)
      recurrence.innerSize = more.recurrentInnerSize ?? 0
      recurrence.heads = more.recurrentHeads ?? 0
      recurrence.stateSize = more.stateSize ?? 0
      recurrence.groups = more.groups ?? 0
      self.recurrence = recurrence
    }
    leadingDenseLayers = more.leadingDenseLayers ?? 0
    if let width = more.perLayerWidth { perLayer = PerLayer(width: width, vocabularySize: vocabularySize) }
    sharedCacheLayers = more.sharedCacheLayers ?? 0
    windowKeyLength = more.windowKeyLength
    if let period = more.windowPeriod { windowLayers = (0..<layers).map { $0 % period < period - 1 } }
    feedForwardSizes = more.feedForwardSizes ?? feedForwardSizes
  }
}
