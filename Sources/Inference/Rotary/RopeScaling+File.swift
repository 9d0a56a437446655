import ModelFiles

extension RopeScaling {
  /// Takes the scaling that a file states, by its metadata or by tensors of factors.
  init(
    _ scaling: ModelFiles.RopeScaling?, file: GGUFFile, binder: inout ModelBinder, contextTokens: Int, roundsRamp: Bool
  ) throws(InferenceError) {
    let long = try binder.vector("rope_factors_long.weight")?.map(Double.init)
    let short = try binder.vector("rope_factors_short.weight")?.map(Double.init)
    if long != nil || short != nil || scaling?.type == "longrope" {
      guard let long else { throw .missingTensor("rope_factors_long.weight") }
      guard let short else { throw .missingTensor("rope_factors_short.weight") }
      self = .longrope(
        LongropeScaling(
          shortFactors: short, longFactors: long,
          originalContextTokens: scaling?.originalContextTokens
            ?? file.number("rope.scaling.original_context_length")?.integer ?? contextTokens,
          magnitude: scaling?.attentionFactor ?? file.number("rope.scaling.attn_factor")?.double ?? 1))
      return
    }
    if let factors = try binder.vector("rope_freqs.weight")?.map(Double.init) {
      guard scaling?.type ?? "llama3" == "llama3" else {
        throw .badHyperparameter(
          name: "rope.scaling.type", expected: "none beside rope_freqs.weight", found: scaling?.type ?? "")
      }
      self = .factors(factors)
      return
    }
    switch scaling?.type {
    case nil, "none": self = .none
    case "linear": self = .linear(factor: scaling?.factor ?? 1)
    case "yarn":
      var yarn = YarnScaling(
        factor: scaling?.factor ?? 1, originalContextTokens: scaling?.originalContextTokens ?? contextTokens)
      yarn.betaFast = scaling?.betaFast ?? yarn.betaFast
      yarn.betaSlow = scaling?.betaSlow ?? yarn.betaSlow
      yarn.attentionFactor = scaling?.attentionFactor ?? yarn.attentionFactor
      yarn.roundsRamp = roundsRamp
      self = .yarn(yarn)
    case let type?:
      throw .badHyperparameter(
        name: "rope.scaling.type", expected: "none, linear, yarn, longrope or the factors of rope_freqs.weight",
        found: type)
    }
  }
}
