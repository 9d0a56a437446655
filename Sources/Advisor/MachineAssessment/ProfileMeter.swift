import Benchmarking
import Evidence
import Hardware
import Inference
import Kernels
import TensorFormats

/// Measures all of a machine's profile in a time budget: memory, ceilings, formats, and the engine's own costs.
struct ProfileMeter {
  let kernels: KernelSet
  let threads: Int
  let budgetSeconds: Double
  let cancellation: Cancellation?
  let progress: Progress
  var clock = MonotonicClock.system

  /// From this budget on memory is read in full, and the engine is run.
  private static let wholeBudgetSeconds = 2.0
  /// A number of threads is at the knee when its bandwidth is this share of the best.
  private static let kneeFraction = 0.95

  func measure(_ formats: [TensorFormat], _ machine: MachineDescription, startedAtUnixSeconds: Int?) throws
    -> MachineMeasurement
  {
    let start = clock.nowSeconds()
    let before = SystemSnapshot()
    progress.report("memory", 0, "filling memory")
    let counts = Self.threadCounts(upTo: threads)
    let all = try ThreadTeam(threads: threads)
    let memory = try ProbeMemory(
      byteCount: memoryBytes(machine), team: all, kernels: kernels, cancellation: cancellation)
    var bandwidths: [MachineMeasurement.ReadBandwidth] = []
    for (index, count) in counts.enumerated() {
      progress.report("bandwidth", 0.02 + 0.15 * Double(index) / Double(counts.count), "\(count) threads")
      let team = count == threads ? all : try ThreadTeam(threads: count)
      bandwidths.append(try bandwidth(memory, team, seconds: 0.15 * budgetSeconds / Double(counts.count)))
    }
    progress.report("caches", 0.17)
    let curve = try workingSets(memory, all, seconds: 0.08 * budgetSeconds, memoryRate: bandwidths.last)
    progress.report("compute", 0.25)
    let ceilings = try MachineMeter(
      kernels: kernels, threads: threads, workingSetBytes: memory.weights.count, cancellation: cancellation
    ).ceilings(seconds: 0.05 * budgetSeconds)
    let best = bandwidths.map(\.bandwidthBytesPerSecond).max { $0.value < $1.value } ?? ceilings.int8
    let meter = FormatMeter(
      kernels: kernels, teams: threads == 1 ? [all] : [try ThreadTeam(threads: 1), all], memory: memory,
      cancellation: cancellation, clock: clock)
    let rates = try meter.rates(
      formats, bandwidth: best, int8: ceilings.int8, float32: ceilings.float32, seconds: 0.5 * budgetSeconds,
      progress: progress.part(from: 0.3, to: 0.8))
    var measurement = MachineMeasurement(
      kernelTier: kernels.tier.rawValue, threads: threads, readBandwidth: bandwidths,
      bandwidthKneeThreads: Self.knee(bandwidths), bandwidthByWorkingSet: curve,
      memoryLevels: WorkingSetCurve(curve).levels, int8OperationsPerSecond: ceilings.int8,
      float32OperationsPerSecond: ceilings.float32, formats: rates, engine: [],
      workingSetBytes: memory.weights.count, elapsedSeconds: 0,
      environment: EnvironmentRecord(
        machine: machine, kernelTier: kernels.tier.rawValue, threads: threads,
        startedAtUnixSeconds: startedAtUnixSeconds, before: before, after: SystemSnapshot()))
    // Passes of a whole model take longer than a short budget has.
    if !rates.isEmpty, budgetSeconds >= Self.wholeBudgetSeconds {
      progress.report("engine", 0.8, "making a small model")
      let small = try EngineMeter.smallModel(kernels, cancellation)
      for (index, team) in meter.teams.enumerated() {
        progress.report("engine", 0.82 + 0.18 * Double(index) / Double(meter.teams.count), "\(team.threads) threads")
        let engine = EngineMeter(
          kernels: kernels, team: team, rates: EngineRates(measurement), small: small, cancellation: cancellation,
          clock: clock)
        measurement.engine.append(
          try engine.costs(
            seconds: 0.2 * budgetSeconds / Double(meter.teams.count), single: measurement.engine.first))
      }
    }
    measurement.elapsedSeconds = clock.nowSeconds() - start
    progress.report("done", 1)
    return measurement
  }

  /// Enough memory that caches hold none of it: 768 MiB, and an eighth of what is usable at most; in a short budget less,
  /// because filling it takes time.
  private func memoryBytes(_ machine: MachineDescription) -> Int {
    let short = MachineMeter.workingSetBytes(for: machine)
    guard budgetSeconds >= Self.wholeBudgetSeconds else { return short }
    let wanted = max(768 << 20, short)
    guard let usable = machine.memory.usableBytes else { return wanted }
    return max(8 << 20, min(wanted, usable / 8)) & ~((2 << 20) - 1)
  }

  private func bandwidth(
    _ memory: ProbeMemory, _ team: ThreadTeam, seconds: Double
  ) throws -> MachineMeasurement.ReadBandwidth {
    let meter = PeakMeter(kernels: kernels, team: team)
    let size = memory.weights.count
    let passes = try meter.readPasses(
      over: memory.weights, passBytes: size, seconds: seconds, minimum: 4, cancellation: cancellation)
    // In the first pass the processor may still speed up.
    guard let statistics = SampleStatistics(Array(passes.dropFirst())) else {
      throw Refusal(.measurementFailed, "The clock gave no usable time for reading memory.")
    }
    return MachineMeasurement.ReadBandwidth(
      threads: team.threads,
      bandwidthBytesPerSecond: statistics.quantity(
        source: "median of passes over \(size >> 20) MiB in huge pages, read by \(kernels.tier.rawValue) kernels"),
      spreadFraction: FormatMeter.spread(Array(passes.dropFirst())))
  }

  /// The bandwidth by working set, from 64 KiB on; beyond a sixth of the memory it is that of memory.
  private func workingSets(
    _ memory: ProbeMemory, _ team: ThreadTeam, seconds: Double, memoryRate: MachineMeasurement.ReadBandwidth?
  ) throws -> [MachineMeasurement.WorkingSetRate] {
    let meter = PeakMeter(kernels: kernels, team: team)
    var sizes: [Int] = []
    var size = 64 << 10
    while size <= memory.weights.count / 3 {
      sizes.append(size)
      // Finer where the model's weights may or may not fit.
      sizes.append(size / 2 * 3)
      size *= 2
    }
    var curve: [MachineMeasurement.WorkingSetRate] = []
    for size in sizes {
      let passes = try meter.readPasses(
        over: UnsafeRawBufferPointer(rebasing: memory.weights[..<size]), passBytes: max(size, 16 << 20),
        seconds: seconds / Double(sizes.count), minimum: 3, cancellation: cancellation)
      curve.append(
        MachineMeasurement.WorkingSetRate(
          workingSetBytes: size, bandwidthBytesPerSecond: percentile(0.5, ofSorted: passes.dropFirst().sorted())))
    }
    if let memoryRate {
      curve.append(
        MachineMeasurement.WorkingSetRate(
          workingSetBytes: memory.weights.count,
          bandwidthBytesPerSecond: memoryRate.bandwidthBytesPerSecond.value))
    }
    return curve
  }

  /// One thread, powers of two, and all.
  static func threadCounts(upTo threads: Int) -> [Int] {
    var counts: [Int] = []
    var count = 1
    while count < threads {
      counts.append(count)
      count *= 2
    }
    return counts + [threads]
  }

  private static func knee(_ bandwidths: [MachineMeasurement.ReadBandwidth]) -> Int {
    let best = bandwidths.map(\.bandwidthBytesPerSecond.value).max() ?? 0
    return bandwidths.first { $0.bandwidthBytesPerSecond.value >= kneeFraction * best }?.threads ?? 1
  }
}
