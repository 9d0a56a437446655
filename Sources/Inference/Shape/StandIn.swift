/// A shape that can be run in place of a catalogue model, with what differs from the model when it is not the same.
package struct StandIn: Hashable, Sendable {
  package let shape: TransformerShape
  /// How the shape differs from the named model; nil when it is the model's own shape.
  package let note: String?

  /// Finds a shape for a catalogue model: its own when the architecture is supported, otherwise a Llama-family one.
  ///
  /// A stand-in has the model's matrices, or at least about its parameters per token; its note has to travel with every
  /// figure measured on it. Throws when the dimensions are absurd, or when neither can be matched.
  package static func of(_ model: ModelDimensions) throws(InferenceError) -> StandIn {
    let standIn =
      if let shape = ownShape(model) {
        StandIn(shape: shape, note: nil)
      } else if model.attentionLayers ?? model.layers < model.layers || model.hasLookupParameters {
        try matchingParameters(model)
      } else if let expertsPerToken = model.expertsPerToken, let width = model.expertIntermediateSize {
        matchingExperts(model, expertsPerToken: expertsPerToken, width: width)
      } else {
        matchingMatrices(model)
      }
    try standIn.shape.validate()
    return standIn
  }

  /// The model's own shape; nil when the architecture is not supported or the catalogue does not know enough.
  private static func ownShape(_ model: ModelDimensions) -> TransformerShape? {
    guard let traits = SupportedArchitecture.named(model.architecture) else { return nil }
    var shape = shape(of: model, intermediateSize: model.intermediateSize)
    if traits.windowPeriod != 1 { shape.windowTokens = model.windowTokens }
    if model.attentionLayers ?? model.layers < model.layers {
      guard traits.hasConvolutions, let attention = model.attentionLayers, attention > 0 else { return nil }
      // Which layers attend is not in the catalogue; spread evenly they cost the same.
      let attending = Set((0..<attention).map { ($0 + 1) * model.layers / attention - 1 })
      shape.convolutionLayers = Set(0..<model.layers).subtracting(attending)
    }
    if let used = model.expertsPerToken {
      guard traits.experts != .never, let count = model.expertCount, let width = model.expertIntermediateSize,
        model.sharedExpertIntermediateSize ?? 0 == 0
      else { return nil }
      shape.experts = ExpertShape(count: count, used: used, intermediateSize: width)
    }
    return traits.experts == .always && shape.experts == nil ? nil : shape
  }

  /// A dense model with other activations, normalizations or windows, but the same matrices.
  private static func matchingMatrices(_ model: ModelDimensions) -> StandIn {
    StandIn(
      shape: shape(of: model, intermediateSize: model.intermediateSize),
      note: "Llama-family stand-in for \(model.architecture): the same matrices and bytes per token; its own "
        + "activations, normalizations and attention windows are not modeled")
  }

  /// A mixture of experts: one feed-forward block as wide as the experts that a token uses.
  private static func matchingExperts(_ model: ModelDimensions, expertsPerToken: Int, width: Int) -> StandIn {
    let active = expertsPerToken.multipliedReportingOverflow(by: width)
    let size = (active.overflow ? Int.max / 2 : active.partialValue) + (model.sharedExpertIntermediateSize ?? 0)
    return StandIn(
      shape: shape(of: model, intermediateSize: size),
      note: "Llama-family stand-in for \(model.architecture): one feed-forward block of width \(size) has the bytes "
        + "of the \(expertsPerToken) experts that a token uses, so decoding reads as much; router, inactive experts "
        + "and their memory are not modeled, and prefill reads fewer weights than a real batch would")
  }

  /// Layers without attention, or parameters that are only looked up: the feed-forward width makes up the difference.
  private static func matchingParameters(_ model: ModelDimensions) throws(InferenceError) -> StandIn {
    guard let wanted = model.parametersPerToken, wanted.isFinite, wanted > 0, wanted < 1e13 else {
      throw .unsupportedArchitecture(model.architecture)
    }
    let bare = shape(of: model, intermediateSize: 0)
    let widthCost = Double(3 * bare.hiddenSize) * Double(bare.layers)
    let width = ((wanted - Double(bare.parameters)) / widthCost / 256).rounded() * 256
    guard width >= 256, width < Double(1 << 20) else { throw .unsupportedArchitecture(model.architecture) }
    let attention =
      model.attentionLayers.map { $0 < model.layers ? ", attention in \(model.layers) layers instead of \($0)" : "" }
      ?? ""
    return StandIn(
      shape: shape(of: model, intermediateSize: Int(width)),
      note: "Llama-family stand-in for \(model.architecture): about the same parameters per token by a feed-forward "
        + "width of \(Int(width)) instead of \(model.intermediateSize)\(attention); recurrent layers, looked-up "
        + "embeddings and the KV cache's size are not modeled")
  }

  private static func shape(of model: ModelDimensions, intermediateSize: Int) -> TransformerShape {
    var shape = TransformerShape(
      architecture: model.architecture, layers: model.layers, hiddenSize: model.hiddenSize,
      intermediateSize: intermediateSize, heads: model.heads, kvHeads: model.kvHeads, headSize: model.headSize,
      vocabularySize: model.vocabularySize, contextTokens: model.contextTokens, tiedOutput: model.tiedOutput)
    shape.ropeBase = model.ropeBase
    return shape
  }
}

extension ModelDimensions {
  /// Gemma 3n and 4 keep per-layer embeddings that are looked up, not multiplied.
  fileprivate var hasLookupParameters: Bool { architecture == "gemma3n" || architecture == "gemma4" }
}
