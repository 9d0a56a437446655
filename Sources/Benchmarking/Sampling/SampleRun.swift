/// The outcome of a run of the sampler.
package struct SampleRun: Codable, Sendable, Hashable {
  /// The samples that warm-up threw away, in order.
  package let warmUpSamples: [Double]
  /// The kept samples, in order.
  package let samples: [Double]
  package let stopReason: StopReason
  /// The time for warm-up and samples together.
  package let elapsedSeconds: Double
  /// nil when no sample is a finite number.
  package let statistics: SampleStatistics?
  /// nil for fewer than 8 samples.
  package let drift: Drift?
  /// The rule by which `warmUpSamples` were chosen.
  package let warmUpRule: String

  /// Why a run ended.
  package enum StopReason: String, Codable, Sendable, CaseIterable {
    /// The median is known as well as the plan wants.
    case targetSpreadReached
    case maximumSamplesReached
    case timeLimitReached
  }

  package init(
    warmUpSamples: [Double], samples: [Double], stopReason: StopReason, elapsedSeconds: Double, warmUpRule: String
  ) {
    self.warmUpSamples = warmUpSamples
    self.samples = samples
    self.stopReason = stopReason
    self.elapsedSeconds = elapsedSeconds
    self.warmUpRule = warmUpRule
    statistics = SampleStatistics(samples)
    drift = Drift(samples)
  }
}
