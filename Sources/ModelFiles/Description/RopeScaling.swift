/// How rotary position embedding is stretched beyond the context that the model was trained with.
package struct RopeScaling: Hashable, Sendable, Codable {
  /// `none`, `linear`, `yarn`, `longrope`, or `llama3` for per-frequency factors stored in `rope_freqs.weight`.
  package var type: String
  /// How many times longer the context becomes; nil when the file does not say.
  package var factor: Double?
  package var originalContextTokens: Int?
  /// Multiplies the attention scores; nil when the file does not say.
  package var attentionFactor: Double?
  /// The range of rotations over which YaRN blends, in full turns.
  package var betaFast: Double?
  package var betaSlow: Double?
  /// The frequencies between which Llama 3 blends; a GGUF file holds their result, not them.
  package var lowFrequencyFactor: Double?
  package var highFrequencyFactor: Double?

  package init(
    type: String, factor: Double? = nil, originalContextTokens: Int? = nil, attentionFactor: Double? = nil,
    betaFast: Double? = nil, betaSlow: Double? = nil, lowFrequencyFactor: Double? = nil,
    highFrequencyFactor: Double? = nil
  ) {
    self.type = type
    self.factor = factor
    self.originalContextTokens = originalContextTokens
    self.attentionFactor = attentionFactor
    self.betaFast = betaFast
    self.betaSlow = betaSlow
    self.lowFrequencyFactor = lowFrequencyFactor
    self.highFrequencyFactor = highFrequencyFactor
  }
}
