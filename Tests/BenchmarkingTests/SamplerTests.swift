import Benchmarking
import Evidence
import Kernels
import Synchronization
import Testing

@Suite("The sampler")
struct SamplerTests {
  /// A sampler whose clock moves by `step` seconds at each look, and never by itself.
  private func sampler(_ plan: SamplingPlan, step: Double = 0) -> Sampler {
    let looks = Mutex(0)
    let clock = MonotonicClock {
      looks.withLock { count in
        count += 1
        return Double(count - 1) * step
      }
    }
    return Sampler(plan: plan, clock: clock)
  }

  private func run(_ sampler: Sampler, _ values: [Double]) throws -> SampleRun {
    var next = 0
    return try sampler.run {
      defer { next += 1 }
      return next < values.count ? values[next] : values.last ?? 0
    }
  }

  @Test("warm-up ends when two in a row agree, and both are dropped")
  func warmUp() throws {
    // 50 and 20 differ by 60 %, 20 and 12 by 40 %, 12 and 11 by 8.3 %.
    let result = try run(sampler(SamplingPlan(minimumSamples: 4)), [50, 20, 12, 11, 10])
    #expect(result.warmUpSamples == [50, 20, 12, 11])
    #expect(result.samples == [10, 10, 10, 10])
    #expect(result.stopReason == .targetSpreadReached)
  }

  @Test("warm-up that never settles ends at its limit")
  func restless() throws {
    let values = (0..<20).map { $0.isMultiple(of: 2) ? 1.0 : 2 }
    let result = try run(sampler(SamplingPlan(maximumSamples: 10, maximumWarmUpSamples: 3)), values)
    #expect(result.warmUpSamples.count == 3)
    #expect(result.samples.count == 10)
    #expect(result.stopReason == .maximumSamplesReached)
  }

  @Test("sampling goes on until the interval of the median is narrow enough")
  func spread() throws {
    // With 1.0 and 1.1 in turn the interval is [1.0, 1.1] at any count below the maximum: half of it is 4.8 % or more.
    let values = (0..<200).map { $0.isMultiple(of: 2) ? 1.0 : 1.1 }
    let wide = try run(sampler(SamplingPlan(maximumSamples: 40, targetSpreadFraction: 0.02)), values)
    #expect(wide.stopReason == .maximumSamplesReached)
    let narrow = try run(sampler(SamplingPlan(maximumSamples: 40, targetSpreadFraction: 0.06)), values)
    #expect(narrow.stopReason == .targetSpreadReached)
    #expect(narrow.samples.count == 5)
  }

  @Test("the time limit ends a run and says so")
  func timeLimit() throws {
    // One look at the start, then one a sample of 1 s each: 3 samples.
    let plan = SamplingPlan(targetSpreadFraction: 0, timeLimitSeconds: 3, maximumWarmUpSamples: 0)
    let result = try run(sampler(plan, step: 1), [5, 6, 7, 8])
    #expect(result.samples == [5, 6, 7])
    #expect(result.stopReason == .timeLimitReached)
    #expect(result.elapsedSeconds == 3)
  }

  @Test("a sample that takes all the time is kept although warm-up was not over")
  func slow() throws {
    let result = try run(sampler(SamplingPlan(timeLimitSeconds: 1), step: 10), [42])
    #expect(result.samples == [42])
    #expect(result.warmUpSamples.isEmpty)
  }

  @Test("samples that are no numbers still end at the maximum")
  func undefined() throws {
    let result = try run(sampler(SamplingPlan(maximumSamples: 7)), [.nan])
    #expect(result.samples.count == 7)
    #expect(result.statistics == nil)
  }

  @Test("durations come from the clock")
  func durations() throws {
    // Each look is 0.25 s later: start and end of a body are 0.25 s apart.
    let plan = SamplingPlan(minimumSamples: 4, timeLimitSeconds: 100)
    let result = try sampler(plan, step: 0.25).time {}
    #expect(result.statistics?.median == 0.25)
  }

  @Test("a raised flag ends the run before the next sample")
  func cancelled() throws {
    let cancellation = Cancellation()
    var taken = 0
    #expect(throws: Cancelled()) {
      try sampler(SamplingPlan()).run(cancellation: cancellation) {
        taken += 1
        if taken == 3 { cancellation.cancel() }
        return Double(taken)
      }
    }
    #expect(taken == 3)
  }

  @Test("progress never decreases and ends at one when the time is up")
  func progress() throws {
    var seen: [Double] = []
    let plan = SamplingPlan(targetSpreadFraction: 0, timeLimitSeconds: 4)
    var value = 0.0
    _ = try sampler(plan, step: 1).run(progress: { seen.append($0) }) {
      value += 1
      return value
    }
    #expect(seen == seen.sorted() && seen.last == 1)
  }

  @Test("absurd plans are brought into range")
  func absurd() throws {
    let plan = SamplingPlan(
      minimumSamples: -5, maximumSamples: -1, targetSpreadFraction: -1, timeLimitSeconds: -3, maximumWarmUpSamples: -2)
    let result = try run(sampler(plan, step: 1), [1, 2, 3])
    #expect(result.samples == [1])
  }

  @Test("a quantity carries the median, its interval and the count")
  func quantity() throws {
    let result = try run(
      sampler(SamplingPlan(maximumSamples: 10, targetSpreadFraction: 0, maximumWarmUpSamples: 0)),
      (1...10).map(Double.init))
    let quantity = try #require(result.quantity(source: "test"))
    #expect(quantity.value == 5.5 && quantity.low == 3 && quantity.high == 8)
    #expect(quantity.samples == 10 && quantity.evidence == .measured)
  }
}
