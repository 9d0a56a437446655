/// How many samples to take, which to throw away first, and when to stop.
package struct SamplingPlan: Codable, Sendable, Hashable {
  /// Kept samples below which the spread does not end the run.
  package var minimumSamples: Int
  package var maximumSamples: Int
  /// Half the 80 % interval of the median over the median at which the run ends.
  package var targetSpreadFraction: Double
  /// The time for warm-up and samples together; looked at after each sample.
  package var timeLimitSeconds: Double
  /// The most samples that warm-up throws away.
  package var maximumWarmUpSamples: Int
  /// How close two consecutive samples must be for warm-up to end, as a fraction of the larger.
  package var warmUpAgreementFraction: Double

  package init(
    minimumSamples: Int = 5, maximumSamples: Int = 100, targetSpreadFraction: Double = 0.02,
    timeLimitSeconds: Double = 5, maximumWarmUpSamples: Int = 5, warmUpAgreementFraction: Double = 0.1
  ) {
    self.minimumSamples = max(1, minimumSamples)
    self.maximumSamples = max(self.minimumSamples, maximumSamples)
    self.targetSpreadFraction = max(0, targetSpreadFraction)
    self.timeLimitSeconds = max(0, timeLimitSeconds)
    self.maximumWarmUpSamples = max(0, maximumWarmUpSamples)
    self.warmUpAgreementFraction = max(0, warmUpAgreementFraction)
  }

  /// The rule by which warm-up is excluded, as a sentence for reports.
  package var warmUpRule: String {
    maximumWarmUpSamples == 0
      ? "no warm-up: every sample is kept"
      : "samples are dropped until two in a row agree within \(percent(warmUpAgreementFraction)) "
        + "(both dropped), at most \(maximumWarmUpSamples)"
  }

  private func percent(_ fraction: Double) -> String {
    let tenths = (fraction * 1000).rounded()
    return tenths.truncatingRemainder(dividingBy: 10) == 0 ? "\(Int(tenths / 10)) %" : "\(tenths / 10) %"
  }
}
