/// How rotary frequencies are stretched to reach contexts beyond the one that the model was trained on.
package enum RopeScaling: Hashable, Sendable {
  case none
  /// Positions are divided by `factor`.
  case linear(factor: Double)
  /// Each frequency is divided by its own factor; GGUF files store them in the tensor `rope_freqs.weight`.
  case factors([Double])
  /// The Llama 3 rule, which gives the factors of long wavelengths and leaves short ones alone.
  case llama3(factor: Double, lowFrequencyFactor: Double, highFrequencyFactor: Double, originalContextTokens: Int)
  /// YaRN: interpolation for slow frequencies, none for fast ones, a ramp in between, and a larger magnitude.
  /// Source: Peng et al. 2023, arXiv:2309.00071, sections 3.2 to 3.4.
  case yarn(YarnScaling)
  /// Longrope: each frequency is divided by its own factor, by other ones in contexts beyond the original.
  case longrope(LongropeScaling)

  /// The name that GGUF and Hugging Face files use.
  package var name: String {
    switch self {
    case .none: "none"
    case .linear: "linear"
    case .factors: "factors"
    case .llama3: "llama3"
    case .yarn: "yarn"
    case .longrope: "longrope"
    }
  }

  func validate(pairs: Int) throws(InferenceError) {
    switch self {
    case .none: return
    case .linear(let factor):
      try Self.requirePositive("rope scaling factor", factor)
    case .factors(let factors):
      try Self.validate("rope_freqs.weight", factors, pairs: pairs)
    case .longrope(let longrope):
      try Self.validate("rope_factors_long.weight", longrope.longFactors, pairs: pairs)
      try Self.validate("rope_factors_short.weight", longrope.shortFactors, pairs: pairs)
      try Self.requirePositive("rope original context", Double(longrope.originalContextTokens))
      try Self.requirePositive("rope attention factor", longrope.magnitude)
    case .llama3(let factor, let low, let high, let original):
      try Self.requirePositive("rope scaling factor", factor)
      try Self.requirePositive("rope low frequency factor", low)
      try Self.requirePositive("rope high frequency factor", high - low)
      try Self.requirePositive("rope original context", Double(original))
    case .yarn(let yarn):
      try Self.requirePositive("rope scaling factor", yarn.factor)
      try Self.requirePositive("rope original context", Double(yarn.originalContextTokens))
      try Self.requirePositive("yarn beta fast", yarn.betaFast)
      try Self.requirePositive("yarn beta slow", yarn.betaSlow)
      try Self.requirePositive("yarn attention factor", yarn.attentionFactor)
    }
  }

  private static func validate(_ name: String, _ factors: [Double], pairs: Int) throws(InferenceError) {
    guard factors.count == pairs else {
      throw .badHyperparameter(name: name, expected: "\(pairs) factors", found: "\(factors.count)")
    }
    for factor in factors { try requirePositive(name, factor) }
  }

  private static func requirePositive(_ name: String, _ value: Double) throws(InferenceError) {
    guard value.isFinite, value > 0 else {
      throw .badHyperparameter(name: name, expected: "a finite number above 0", found: "\(value)")
    }
  }
}
