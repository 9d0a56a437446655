package import ModelFiles

extension TransformerShape {
  /// Takes the dimensions of a model file's metadata.
  ///
  /// `ropeFactors` is the content of `rope_freqs.weight` when the file has it. Throws `unsupportedArchitecture`, or
  /// `badHyperparameter` when a number is missing, differs from layer to layer or is outside what can be run.
  package init(
    architecture: String?, hyperparameters: Hyperparameters, ropeFactors: [Double]?
  ) throws(InferenceError) {
    guard let architecture, SupportedArchitecture.named(architecture) != nil else {
      throw .unsupportedArchitecture(architecture ?? "")
    }
    if let experts = hyperparameters.expertCount, experts > 1 {
      throw .badHyperparameter(name: "expert_count", expected: "a dense model", found: "\(experts) experts")
    }
    let heads = try Self.single("attention.head_count", hyperparameters.headCount)
    let headSize = try Self.present("attention.key_length", hyperparameters.keyLength)
    let valueSize = hyperparameters.valueLength ?? headSize
    guard valueSize == headSize else {
      throw .badHyperparameter(
        name: "attention.value_length", expected: "\(headSize) as attention.key_length", found: "\(valueSize)")
    }
    self.init(
      architecture: architecture, layers: try Self.present("block_count", hyperparameters.blockCount),
      hiddenSize: try Self.present("embedding_length", hyperparameters.embeddingLength),
      intermediateSize: try Self.single("feed_forward_length", hyperparameters.feedForwardLength), heads: heads,
      kvHeads: try Self.single("attention.head_count_kv", hyperparameters.headCountKV ?? [heads]), headSize: headSize,
      vocabularySize: try Self.present("vocab_size", hyperparameters.vocabularySize),
      contextTokens: try Self.present("context_length", hyperparameters.contextTokens),
      tiedOutput: try Self.present("token_embd.weight", hyperparameters.tiedOutput))
    ropeDimensions = hyperparameters.ropeDimensionCount ?? headSize
    ropeBase = hyperparameters.ropeBase ?? 10_000
    rmsEpsilon = Float(try Self.present("attention.layer_norm_rms_epsilon", hyperparameters.rmsEpsilon))
    ropeScaling = try RopeScaling(
      hyperparameters.ropeScaling, factors: ropeFactors, contextTokens: hyperparameters.contextTokens ?? 0)
    try validate()
  }

  private static func present<Value>(_ name: String, _ value: Value?) throws(InferenceError) -> Value {
    guard let value else { throw .badHyperparameter(name: name, expected: "a value", found: "nothing") }
    return value
  }

  private static func single(_ name: String, _ values: [Int]?) throws(InferenceError) -> Int {
    let values = try present(name, values)
    guard let first = values.first, values.allSatisfy({ $0 == first }) else {
      throw .badHyperparameter(name: name, expected: "the same value in all layers", found: "\(values)")
    }
    return first
  }
}

extension RopeScaling {
  fileprivate init(
    _ scaling: ModelFiles.RopeScaling?, factors: [Double]?, contextTokens: Int
  ) throws(InferenceError) {
    if let factors {
      guard scaling?.type ?? "llama3" == "llama3" else {
        throw .badHyperparameter(
          name: "rope.scaling.type", expected: "none beside rope_freqs.weight", found: scaling?.type ?? "")
      }
      self = .factors(factors)
      return
    }
    guard let scaling else {
      self = .none
      return
    }
    switch scaling.type {
    case "none": self = .none
    case "linear": self = .linear(factor: scaling.factor ?? 1)
    case "yarn":
      var yarn = YarnScaling(
        factor: scaling.factor ?? 1, originalContextTokens: scaling.originalContextTokens ?? contextTokens)
      yarn.betaFast = scaling.betaFast ?? yarn.betaFast
      yarn.betaSlow = scaling.betaSlow ?? yarn.betaSlow
      yarn.attentionFactor = scaling.attentionFactor ?? yarn.attentionFactor
      self = .yarn(yarn)
    default:
      throw .badHyperparameter(
        name: "rope.scaling.type", expected: "none, linear, yarn or the factors of rope_freqs.weight",
        found: scaling.type)
    }
  }
}
