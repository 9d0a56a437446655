import Inference
import ModelFiles

extension ModelDimensions {
  /// The dimensions of a described model; nil when the description lacks one.
  init?(_ model: ModelDescription) {
    let shape = model.hyperparameters
    guard Self.missing(in: model).isEmpty, let architecture = model.architecture, let layers = shape.blockCount,
      let hidden = shape.embeddingLength, let heads = shape.headCount?.max(), let kvHeads = shape.headCountKV?.max(),
      let head = shape.keyLength, let vocabulary = shape.vocabularySize, head == shape.valueLength
    else { return nil }
    self.init(
      architecture: architecture, layers: layers, hiddenSize: hidden,
      intermediateSize: shape.feedForwardLength?.max() ?? 0, heads: heads, kvHeads: kvHeads, headSize: head,
      vocabularySize: vocabulary, contextTokens: shape.contextTokens ?? 4096, tiedOutput: shape.tiedOutput ?? true)
    expertCount = shape.expertCount
    expertsPerToken = shape.expertUsedCount
    expertIntermediateSize = shape.expertFeedForwardLength
    windowTokens = shape.slidingWindowTokens
    attentionLayers = model.hasRecurrentLayers ? model.cacheLayers?.reduce(0) { $0 + $1.layerCount } : layers
    parametersPerToken = model.activeParameterCount.map(Double.init)
  }

  /// What the description does not tell of the shape, in words.
  private static func missing(in model: ModelDescription) -> [String] {
    let shape = model.hyperparameters
    let parts: [(name: String, isKnown: Bool)] = [
      ("the architecture", model.architecture != nil), ("the number of layers", shape.blockCount != nil),
      ("the width of the model", shape.embeddingLength != nil), ("the attention heads", shape.headCount?.max() != nil),
      ("the key and value heads", shape.headCountKV?.max() != nil),
      ("the length of a head", shape.keyLength != nil && shape.valueLength != nil),
      (
        "the width of the feed-forward network",
        (shape.feedForwardLength?.max() ?? 0) > 0 || shape.expertFeedForwardLength != nil
      ), ("the size of the vocabulary", shape.vocabularySize != nil),
    ]
    return parts.filter { !$0.isKnown }.map(\.name)
  }

  /// The dimensions of a model that makes or reads one token after the other; a refusal that names what it is instead, or what
  /// is not known.
  static func required(of model: ModelDescription) throws(Refusal) -> ModelDimensions {
    if let instead = model.kind.notByToken {
      throw Refusal(
        .modelUnsupported,
        "\(model.name) is \(instead): speed and what fits are told of language models, which pass token by token through "
          + "one stack of layers. model/inspect shows what it is made of.",
        details: ["model": model.source, "kind": model.kind.rawValue])
    }
    if let dimensions = ModelDimensions(model) { return dimensions }
    let missing = missing(in: model)
    let what =
      missing.isEmpty
      ? "has key heads and value heads of different lengths, for which no rates are known"
      : "does not tell \(missing.joined(separator: ", "))"
    throw Refusal(
      .modelUnsupported,
      "The shape of \(model.name) is not known well enough: it \(what). Name the folder that its config.json lies in, or "
        + "the model's name of model/list.", details: ["model": model.source])
  }
}

extension ModelKind {
  /// What a model is that has no rate of tokens; nil for those that have one, or may.
  fileprivate var notByToken: String? {
    switch self {
    case .language, .visionLanguage, .audioLanguage, .embedding, .encoder, .unknown: nil
    case .encoderDecoder: "an encoder with a decoder"
    case .speech: "a speech model"
    case .vision: "a vision model"
    case .imageGeneration: "an image generator"
    case .adapter: "an adapter (LoRA) of another model"
    case .projector: "the projector of another model"
    }
  }
}
