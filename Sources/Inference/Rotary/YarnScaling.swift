/// The parameters of YaRN scaling.
package struct YarnScaling: Hashable, Sendable {
  package var factor: Double
  package var originalContextTokens: Int
  /// Rotations over the original context above which a frequency is left alone.
  package var betaFast: Double = 32
  /// Rotations over the original context below which a frequency is fully interpolated.
  package var betaSlow: Double = 1
  /// A multiplier on the magnitude, 1 unless the file says otherwise.
  package var attentionFactor: Double = 1
  /// Whether the ramp between those two begins and ends at whole pairs.
  package var roundsRamp = true

  package init(factor: Double, originalContextTokens: Int) {
    self.factor = factor
    self.originalContextTokens = originalContextTokens
  }
}
