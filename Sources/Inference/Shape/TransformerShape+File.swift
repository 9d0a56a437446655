import ModelFiles

extension TransformerShape {
  /// Takes the dimensions of a model file: its metadata, and which optional tensors it has.
  ///
  /// Throws `unsupportedArchitecture`, or `badHyperparameter` when a number is missing, differs from layer to layer or is outside
  /// what can be run.
  init(file: GGUFFile, binder: inout ModelBinder) throws(InferenceError) {
    let numbers = ModelDescription(file).hyperparameters
    guard let architecture = file.architecture, SupportedArchitecture.named(architecture) != nil else {
      throw .unsupportedArchitecture(file.architecture ?? "")
    }
    let heads = try Self.single("attention.head_count", numbers.headCount)
    let headSize = try Self.present("attention.key_length", numbers.keyLength)
    let valueSize = numbers.valueLength ?? headSize
    guard valueSize == headSize else {
      throw .badHyperparameter(
        name: "attention.value_length", expected: "\(headSize) as attention.key_length", found: "\(valueSize)")
    }
    let isMixture = numbers.expertCount ?? 0 > 1
    let kvHeads = numbers.headCountKV ?? [heads]
    self.init(
      architecture: architecture, layers: try Self.present("block_count", numbers.blockCount),
      hiddenSize: try Self.present("embedding_length", numbers.embeddingLength),
      intermediateSize: isMixture
        ? numbers.feedForwardLength?.first ?? 0 : try Self.single("feed_forward_length", numbers.feedForwardLength),
      heads: heads, kvHeads: 0, headSize: headSize,
      vocabularySize: try Self.present("vocab_size", numbers.vocabularySize),
      contextTokens: try Self.present("context_length", numbers.contextTokens),
      tiedOutput: try Self.present("token_embd.weight", numbers.tiedOutput))
    if traits.hasConvolutions {
      convolutionLayers = Set((0..<min(layers, 1024)).filter { numbers.headCountKV(layer: $0) == 0 })
      convolutionTokens = file.number("shortconv.l_cache")?.integer ?? convolutionTokens
    }
    self.kvHeads = try Self.single(
      "attention.head_count_kv", convolutionLayers.isEmpty ? kvHeads : kvHeads.filter { $0 != 0 })
    rmsEpsilon = Float(try Self.present("attention.layer_norm_rms_epsilon", numbers.rmsEpsilon))
    ropeDimensions = numbers.ropeDimensionCount ?? headSize
    ropeBase = numbers.ropeBase ?? 10_000
    windowRopeBase = file.number("rope.freq_base_swa")?.double
    ropeScaling = try RopeScaling(
      numbers.ropeScaling, file: file, binder: &binder, contextTokens: contextTokens,
      roundsRamp: traits.roundsYarnRamp)
    try readExperts(numbers, isMixture: isMixture)
    readWindow(numbers, file)
    try readScales(file)
    readBiases(file)
    try validate()
  }

  private mutating func readExperts(_ numbers: Hyperparameters, isMixture: Bool) throws(InferenceError) {
    guard isMixture else {
      if traits.experts == .always {
        throw .badHyperparameter(
          name: "expert_count", expected: "2 or more", found: numbers.expertCount.map { "\($0)" } ?? "nothing")
      }
      return
    }
    let count = try Self.present("expert_count", numbers.expertCount)
    guard traits.experts != .never else {
      throw .badHyperparameter(name: "expert_count", expected: "a dense model", found: "\(count) experts")
    }
    experts = ExpertShape(
      count: count, used: try Self.present("expert_used_count", numbers.expertUsedCount),
      intermediateSize: try Self.present(
        "expert_feed_forward_length", numbers.expertFeedForwardLength ?? numbers.feedForwardLength?.first))
  }

  private mutating func readWindow(_ numbers: Hyperparameters, _ file: GGUFFile) {
    guard let tokens = numbers.slidingWindowTokens, traits.windowPeriod != 1 else { return }
    windowTokens = tokens
    windowPeriod = numbers.slidingWindowPattern ?? windowPeriod
    if let listed = file.number("attention.sliding_window_pattern")?.array?.integers() {
      windowedLayers = listed.prefix(1024).map { $0 != 0 }
    }
  }

  private mutating func readScales(_ file: GGUFFile) throws(InferenceError) {
    func number(_ suffix: String, _ otherwise: Float) -> Float {
      file.number(suffix)?.double.map { Float($0) } ?? otherwise
    }
    attentionSoftCap = number("attn_logit_softcapping", attentionSoftCap)
    logitSoftCap = number("final_logit_softcapping", logitSoftCap)
    experts?.scale = number("expert_weights_scale", 1)
    guard traits.statesScales else { return }
    guard file.number("rope.scaling.finetuned")?.bool != false else {
      throw .badHyperparameter(name: "rope.scaling.finetuned", expected: "true or nothing", found: "false")
    }
    embeddingScale = number("embedding_scale", embeddingScale)
    residualScale = number("residual_scale", residualScale)
    attentionScale = number("attention.scale", attentionScale)
    logitDivisor = number("logit_scale", logitDivisor)
  }

  /// A bias of one layer is one of all layers; those of an architecture are needed anyway.
  private mutating func readBiases(_ file: GGUFFile) {
    let names: [BiasPlace: String] = [
      .projection: "attn_q.bias", .attentionOutput: "attn_output.bias", .feedForward: "ffn_down.bias",
      .experts: "ffn_down_exps.bias",
    ]
    for (place, name) in names where file.tensor(named: "blk.0.\(name)") != nil { biases.insert(place) }
    if file.tensor(named: "blk.0.attn_qkv.bias") != nil { biases.insert(.projection) }
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

extension GGUFFile {
  /// The value of `<architecture>.<suffix>`.
  func number(_ suffix: String) -> MetadataValue? { architecture.flatMap { metadata.value(suffix, of: $0) } }
}
