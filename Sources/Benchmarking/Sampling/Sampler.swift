package import Kernels

/// Takes samples of one figure by a plan: warm-up first, then until the median is known well enough or a limit ends it.
package struct Sampler: Sendable {
  package let plan: SamplingPlan
  package let clock: MonotonicClock

  package init(plan: SamplingPlan = SamplingPlan(), clock: MonotonicClock = .system) {
    self.plan = plan
    self.clock = clock
  }

  /// Samples the value that `sample` returns (a duration, a rate ...).
  ///
  /// At least one sample is kept. `progress` gets the fraction done, 0...1, never decreasing, after each sample.
  /// Throws what `sample` throws, and `Cancelled` when the flag is up between two samples.
  package func run(
    cancellation: Cancellation? = nil, progress: (Double) -> Void = { _ in }, sample: () throws -> Double
  ) throws -> SampleRun {
    let start = clock.nowSeconds()
    var warmUp: [Double] = []
    var kept: [Double] = []
    var done = 0.0
    var warm = plan.maximumWarmUpSamples == 0
    while true {
      try cancellation?.check()
      let value = try sample()
      if warm {
        kept.append(value)
      } else {
        warmUp.append(value)
        warm = isWarm(warmUp)
      }
      let elapsed = clock.nowSeconds() - start
      done = max(done, fractionDone(kept: kept.count, elapsed: elapsed))
      progress(done)
      // A sample that takes the whole time leaves nothing to warm up for: the last one counts.
      if kept.isEmpty, elapsed >= plan.timeLimitSeconds, let last = warmUp.popLast() { kept.append(last) }
      if let reason = stopReason(kept, elapsed: elapsed) {
        return SampleRun(
          warmUpSamples: warmUp, samples: kept, stopReason: reason, elapsedSeconds: elapsed,
          warmUpRule: plan.warmUpRule)
      }
    }
  }

  /// Samples how many seconds `body` takes.
  package func time(
    cancellation: Cancellation? = nil, progress: (Double) -> Void = { _ in }, body: () throws -> Void
  ) throws -> SampleRun {
    try run(cancellation: cancellation, progress: progress) {
      let start = clock.nowSeconds()
      try body()
      return clock.nowSeconds() - start
    }
  }

  private func isWarm(_ warmUp: [Double]) -> Bool {
    if warmUp.count >= plan.maximumWarmUpSamples { return true }
    guard warmUp.count >= 2 else { return false }
    let (a, b) = (warmUp[warmUp.count - 2], warmUp[warmUp.count - 1])
    return abs(a - b) <= plan.warmUpAgreementFraction * max(abs(a), abs(b))
  }

  private func stopReason(_ kept: [Double], elapsed: Double) -> SampleRun.StopReason? {
    // Sorting after each sample is quadratic: many samples are looked at now and then.
    if kept.count >= plan.minimumSamples, kept.count < 512 || kept.count % 64 == 0,
      let spread = SampleStatistics(kept)?.relativeSpread,
      spread <= plan.targetSpreadFraction
    {
      return .targetSpreadReached
    }
    if kept.count >= plan.maximumSamples { return .maximumSamplesReached }
    return elapsed >= plan.timeLimitSeconds && !kept.isEmpty ? .timeLimitReached : nil
  }

  private func fractionDone(kept: Int, elapsed: Double) -> Double {
    let byTime = plan.timeLimitSeconds > 0 ? elapsed / plan.timeLimitSeconds : 1
    return min(1, max(byTime, Double(kept) / Double(plan.maximumSamples)))
  }
}
