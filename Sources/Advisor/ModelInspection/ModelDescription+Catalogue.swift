package import Knowledge
package import ModelFiles

extension ModelDescription {
  /// Describes a model of the catalogue, which has a shape but no tensors.
  package init(_ model: CatalogueModel) {
    let counted = ParameterFormula.count(model)
    let difference = counted.map { Double(abs($0 - model.parameterCount)) / Double(model.parameterCount) }
    let agrees = difference.map { $0 <= 0.02 } ?? false
    self.init(
      name: model.id, origin: .catalogue, source: model.source, architecture: model.ggufArchitecture,
      parameterCount: agrees ? counted : model.parameterCount,
      parameterSource: agrees
        ? "computed from the shape with the formula of the architecture"
        : "the published count, \(model.parametersInBillions) billion (\(model.parametersStatus))",
      hyperparameters: Hyperparameters(model))
    modelClass = model.architecture
    family = model.family
    license = model.license
    modalities = model.modalities.compactMap { Modality(rawValue: $0.rawValue) }
    kind = modalities.contains(.image) ? .visionLanguage : .language
    activeParameterCount = model.activeParametersInBillions == nil ? parameterCount : model.activeParameterCount
    attention = AttentionKind(heads: model.attentionHeadCount, headsKV: model.keyValueHeadCount)
    usesSlidingWindow = model.slidingLayerCount > 0
    hasRecurrentLayers = model.recurrentLayerCount > 0
    isMixtureOfExperts = (model.expertCount ?? 0) > 1
    cacheLayers = Self.cacheLayers(model)
    recurrentStateBytes = hasRecurrentLayers ? nil : 0
    if let counted, !agrees {
      notes.append(
        "The language model alone has \(counted) parameters by its shape; the published count includes the parts that "
          + "read images or sound.")
    }
    if hasRecurrentLayers {
      notes.append(
        "\(model.recurrentLayerCount) of \(model.layerCount) layers keep a state of fixed size, which is small but not "
          + "in the model list; inspect a file of the model to know it.")
    }
    if model.shapeStatus != "verified" {
      notes.append("The shape is \(model.shapeStatus), not checked against a file.")
    }
    if !model.notes.isEmpty { notes.append(model.notes + ".") }
  }

  private static func cacheLayers(_ model: CatalogueModel) -> [CacheLayers] {
    var layers: [CacheLayers] = []
    if model.fullAttentionLayerCount > 0 {
      let values = model.keyValueHeadCount * (model.globalHeadSize ?? model.headSize)
      layers.append(
        CacheLayers(growth: .full, layerCount: model.fullAttentionLayerCount, keyValues: values, valueValues: values))
    }
    if model.slidingLayerCount > 0, let window = model.slidingWindow {
      let values = model.keyValueHeadCount * model.headSize
      layers.append(
        CacheLayers(
          growth: .window, layerCount: model.slidingLayerCount, windowTokens: window, keyValues: values,
          valueValues: values))
    }
    return layers
  }
}

extension Hyperparameters {
  /// The shape of a model of the catalogue.
  init(_ model: CatalogueModel) {
    self.init()
    blockCount = model.layerCount
    contextTokens = model.contextLength
    embeddingLength = model.hiddenSize
    feedForwardLength = [model.feedForwardSize]
    expertFeedForwardLength = model.expertFeedForwardSize
    headCount = [model.attentionHeadCount]
    headCountKV = [model.keyValueHeadCount]
    keyLength = model.headSize
    valueLength = model.headSize
    ropeBase = model.ropeBase
    slidingWindowTokens = model.slidingLayerCount > 0 ? model.slidingWindow : nil
    expertCount = model.expertCount
    expertUsedCount = model.expertsPerToken
    vocabularySize = model.vocabularySize
    tiedOutput = model.tiesEmbeddings
  }
}
