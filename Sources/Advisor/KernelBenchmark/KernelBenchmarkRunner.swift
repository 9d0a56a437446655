import Benchmarking
import Evidence
import Hardware
import JSON
import Kernels
import TensorFormats

/// One measurement of kernels on its way: the ceilings of each tier, then each kernel at each shape.
struct KernelBenchmarkRunner {
  let plan: KernelBenchmarkPlan
  let machine: MachineDescription
  let team: ThreadTeam
  let cancellation: Cancellation
  let progress: Progress
  let clock: MonotonicClock

  /// Bytes that each thread reads for the bandwidth of its cache: beyond the first level of all, within the second of most.
  private static let cacheBytesPerThread = 256 << 10

  init(_ plan: KernelBenchmarkPlan, cancellation: Cancellation, progress: Progress) throws {
    self.plan = plan
    self.cancellation = cancellation
    self.progress = progress
    machine = MachineProbe().describe()
    team = try ThreadTeam(threads: plan.threads)
    clock = .system
  }

  func run() throws -> KernelBenchmarkReport {
    let start = clock.nowSeconds()
    let before = SystemSnapshot()
    let ceilings = try plan.tiers.enumerated().map { index, kernels in
      progress.report("ceilings", 0.1 * Double(index) / Double(plan.tiers.count), "\(kernels.tier.rawValue) ceilings")
      return try measureCeilings(kernels)
    }
    let workingSet = try KernelWorkingSet(byteCount: plan.workingSetBytes, team: team, cancellation: cancellation)
    var rows: [KernelBenchmarkReport.Row] = []
    for (kernels, roofline) in zip(plan.tiers, ceilings) {
      let meter = KernelMeter(
        kernels: kernels, team: team, roofline: roofline, workingSet: workingSet.bytes,
        seconds: plan.secondsPerMeasurement, cancellation: cancellation, clock: clock)
      for family in plan.families { try measure(family, with: meter, into: &rows) }
    }
    let environment = EnvironmentRecord(
      machine: machine, kernelTier: plan.tiers.map(\.tier.rawValue).joined(separator: ", "), threads: plan.threads,
      startedAtUnixSeconds: plan.startedAtUnixSeconds, before: before, after: SystemSnapshot())
    progress.report("report", 1, "done")
    return KernelBenchmarkReport(
      rows: rows, ceilings: ceilings, threads: plan.threads, workingSetBytes: plan.workingSetBytes,
      environment: environment, startedAt: Timestamp.text(unixSeconds: plan.startedAtUnixSeconds),
      totalSeconds: clock.nowSeconds() - start, warnings: plan.warnings + environment.disturbance.signs,
      assumptions: Self.assumptions, next: Self.next)
  }

  private func measureCeilings(_ kernels: KernelSet) throws -> Roofline {
    let seconds = 4 * plan.secondsPerMeasurement
    let meter = try MachineMeter(
      kernels: kernels, threads: plan.threads, workingSetBytes: plan.workingSetBytes, cancellation: cancellation)
    let memory = try meter.readBandwidth(threads: plan.threads, seconds: seconds).bandwidthBytesPerSecond
    let operations = try meter.ceilings(seconds: seconds)
    let peak = PeakMeter(kernels: kernels, team: team)
    let cache = try (0..<6).map { _ in
      try peak.cacheBandwidth(
        bytesPerThread: Self.cacheBytesPerThread, seconds: seconds / 12, cancellation: cancellation)
    }
    // The first spell is warm-up: the processor speeds up.
    guard let statistics = SampleStatistics(Array(cache.dropFirst())) else {
      throw Refusal(.measurementFailed, "the clock gave no usable time for reading the cache")
    }
    return Roofline(
      tier: kernels.tier.rawValue, memoryBandwidthBytesPerSecond: memory,
      cacheBandwidthBytesPerSecond: statistics.quantity(
        source: "best pass of each spell over \(Self.cacheBytesPerThread >> 10) KiB of each thread's own, read by "
          + "\(kernels.tier.rawValue) kernels"),
      int8OperationsPerSecond: operations.int8, float32OperationsPerSecond: operations.float32)
  }

  private func measure(
    _ family: KernelFamily, with meter: KernelMeter, into rows: inout [KernelBenchmarkReport.Row]
  ) throws {
    func add(_ what: String, _ row: () throws -> KernelBenchmarkReport.Row) throws {
      let fraction = Double(rows.count) / Double(max(1, plan.measurements))
      progress.report("kernels", 0.1 + 0.9 * fraction, "\(meter.kernels.tier.rawValue) \(what)")
      try cancellation.check()
      rows.append(try row())
    }
    switch family {
    case .product:
      for format in plan.formats {
        for shape in plan.shapes {
          for tokens in plan.tokens {
            try add("\(format.name), \(shape.rows) x \(shape.columns), \(tokens) tokens") {
              try meter.product(format, shape, tokens: tokens)
            }
          }
        }
      }
    case .attention:
      for format in CellFormat.allCases {
        for depth in KernelBenchmarkPlan.depths {
          for tokens in plan.tokens {
            try add("attention, \(format.rawValue) cells, depth \(depth), \(tokens) tokens") {
              try meter.attention(format, depth: depth, tokens: tokens)
            }
          }
        }
      }
    case .activationQuantization: try add(family.rawValue) { try meter.activationQuantization() }
    case .rmsNorm, .rope, .softmax, .silu: try add(family.rawValue) { try meter.vectors(family) }
    }
  }

  private static let assumptions = [
    Assumption(
      what:
        "Operations and bytes are counted by definition: every number is read or written once, an exponential is one "
        + "operation, and unpacking codes is none.",
      effect:
        "Kernels that unpack codes or take exponentials cannot reach the arithmetic ceiling, and what stays in the "
        + "innermost cache can exceed the bandwidth of the cache."),
    Assumption(
      what: "Ceilings are those of the row's own tier, read only, at the beginning of the run.",
      effect:
        "A slow tier can be near its own ceiling and far from the machine's, and a machine that speeds up or slows down "
        + "in between shifts all shares."),
  ]

  private static let next = [
    NextStep(
      purpose: "See what these kernels make of a whole model.", command: "edgewise bench", method: "benchmark/run",
      params: [:])
  ]
}
