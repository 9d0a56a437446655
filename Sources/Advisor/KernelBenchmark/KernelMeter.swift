import Benchmarking
import Evidence
import Kernels

/// Measures the kernels of one tier, one case at a time.
struct KernelMeter {
  let kernels: KernelSet
  let team: ThreadTeam
  let roofline: Roofline
  /// The bytes of weights and cells for what is measured out of memory.
  let workingSet: UnsafeMutableRawBufferPointer
  /// The time for warm-up and samples of one case.
  let seconds: Double
  let cancellation: Cancellation
  let clock: MonotonicClock

  /// One kernel at one shape.
  struct Case {
    let family: KernelFamily
    var format: String?
    var isNativeKernel: Bool?
    var shape: KernelBenchmarkReport.Shape
    var tokens: Int
    var residence = KernelShape.Residence.cache
    /// What one call does.
    let work: KernelWork
    /// What the calls go through, for the record.
    let data: String
  }

  /// Operations of the calls that a thread makes between two looks at the flag: a few microseconds at least, so that handing them
  /// out costs little, and a millisecond or two at the two billion a second of portable code.
  static let operationsPerPiece = 4e6
  /// The parts of a case's time that one sample takes, so that there are enough of them for an interval.
  private static let samplesWanted = 30.0

  /// Times `run`, which makes as many calls as it is told to, and compares with the roofline.
  func row(_ one: Case, run: (_ calls: Int) throws -> Void) throws -> KernelBenchmarkReport.Row {
    let calls = try callsPerSample(run)
    let sampler = Sampler(
      plan: SamplingPlan(
        minimumSamples: 7, maximumSamples: 400, targetSpreadFraction: 0.005, timeLimitSeconds: seconds,
        maximumWarmUpSamples: 4),
      clock: clock)
    let samples = try sampler.time(cancellation: cancellation) { try run(calls) }
    let threads = "\(team.threads) thread\(team.threads == 1 ? "" : "s")"
    let source =
      "median time of \(calls) call\(calls == 1 ? "" : "s") a sample, \(one.data), \(kernels.tier.rawValue) kernels, \(threads)"
    let operations = samples.scaled(Double(calls) * one.work.operations, source)
    let limit = roofline.limit(
      operationsPerByte: one.work.operationsPerByte, arithmetic: one.work.arithmetic, residence: one.residence)
    return KernelBenchmarkReport.Row(
      family: one.family, format: one.format, tier: kernels.tier.rawValue, isNativeKernel: one.isNativeKernel,
      shape: one.shape, tokens: one.tokens, threads: team.threads, residence: one.residence,
      bytesPerSecond: samples.scaled(Double(calls) * one.work.bytes, source), operationsPerSecond: operations,
      operationsPerByte: Quantity(one.work.operationsPerByte, evidence: .computed, source: one.work.formula),
      ceiling: limit.ceiling,
      ceilingFraction: limit.operationsPerSecond > 0 ? operations.value / limit.operationsPerSecond : 0,
      stopReason: samples.stopReason)
  }

  /// As many calls as make a sample long against the clock's steps and against waking the threads.
  private func callsPerSample(_ run: (Int) throws -> Void) throws -> Int {
    let wanted = seconds / Self.samplesWanted
    var calls = 1
    while calls < 1 << 26 {
      let start = clock.nowSeconds()
      try run(calls)
      let spent = clock.nowSeconds() - start
      if spent >= wanted { break }
      let needed = Double(calls) * wanted / max(spent, 1e-9)
      calls = min(calls * 16, Int(min(needed * 1.1, 1e9)) + 1)
    }
    return calls
  }

  /// Runs `calls` calls on data of each worker's own, which `call` finds by the worker's number.
  func onEveryThread(
    calls: Int, of work: KernelWork, _ call: (_ index: Int, _ worker: Int) -> Void
  ) throws(Cancelled) {
    let chunk = max(1, Int(Self.operationsPerPiece / work.operations))
    try team.forEach(count: calls, chunk: chunk, cancellation: cancellation) { range, worker in
      for index in range { call(index, worker) }
    }
  }
}

extension UnsafeMutableBufferPointer<Float> {
  /// Fills it with numbers in -0.5...0.5, the same for every run.
  func fillEvenly() {
    for index in indices { self[index] = Float(index % 17) / 16 - 0.5 }
  }

  /// `count` values from `start` on.
  func values(_ start: Int, _ count: Int) -> UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(rebasing: self[start..<start + count])
  }
}
