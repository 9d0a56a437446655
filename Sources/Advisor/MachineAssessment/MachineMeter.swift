import Benchmarking
import Evidence
import Hardware
import Kernels
import TensorFormats

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Measures what this machine reaches with our own kernels, in a time budget.
struct MachineMeter {
  let kernels: KernelSet
  let team: ThreadTeam
  /// The bytes of weights that decode reads in a pass.
  let workingSetBytes: Int
  let cancellation: Cancellation?

  init(kernels: KernelSet, threads: Int, workingSetBytes: Int, cancellation: Cancellation?) throws {
    self.kernels = kernels
    self.team = try ThreadTeam(threads: threads)
    self.workingSetBytes = workingSetBytes
    self.cancellation = cancellation
  }

  /// The working set for a machine: four times its last-level cache, 32 MiB to 1 GiB, and an eighth of what is usable at
  /// most.
  static func workingSetBytes(for machine: MachineDescription) -> Int {
    let (quadruple, overflow) = (machine.cpu.lastLevelCacheBytes ?? 32 << 20).multipliedReportingOverflow(by: 4)
    let wanted = min(max(overflow ? Int.max : quadruple, 32 << 20), 1 << 30)
    guard let usable = machine.memory.usableBytes else { return wanted }
    return max(1 << 20, min(wanted, usable / 8)) & ~((1 << 20) - 1)
  }

  /// Reads the working set again and again for about `seconds`.
  func readBandwidth(threads: Int, seconds: Double) throws -> MachineMeasurement.ReadBandwidth {
    let meter = PeakMeter(kernels: kernels, team: threads == team.threads ? team : try ThreadTeam(threads: threads))
    let rates = try meter.readBandwidths(
      bufferByteCount: workingSetBytes, spells: 6, seconds: seconds, cancellation: cancellation)
    // The first spell is warm-up: memory is mapped and the processor speeds up.
    guard let statistics = SampleStatistics(Array(rates.dropFirst())) else {
      throw Refusal(.measurementFailed, "The clock gave no usable time for reading memory.")
    }
    return MachineMeasurement.ReadBandwidth(
      threads: threads,
      bandwidthBytesPerSecond: statistics.quantity(
        source: "best pass of each spell over \(workingSetBytes >> 20) MiB, read by \(kernels.tier.rawValue) kernels"),
      spreadFraction: FormatMeter.spread(Array(rates.dropFirst())))
  }

  /// The ceilings in registers of int8 and f32 arithmetic.
  func ceilings(seconds: Double) throws -> (int8: Quantity, float32: Quantity) {
    let meter = PeakMeter(kernels: kernels, team: team)
    let spell = seconds / 16
    let int8 = try sampler(seconds: seconds / 2, warmUp: 1).run(cancellation: cancellation) {
      try meter.int8OperationsPerSecond(seconds: spell, cancellation: cancellation)
    }
    let float32 = try sampler(seconds: seconds / 2, warmUp: 1).run(cancellation: cancellation) {
      try meter.float32OperationsPerSecond(seconds: spell, cancellation: cancellation)
    }
    let source = "best pass of each spell, in registers, by \(kernels.tier.rawValue) kernels"
    return (try quantity(int8, "int8, " + source), try quantity(float32, "f32, " + source))
  }

  private func sampler(seconds: Double, warmUp: Int) -> Sampler {
    Sampler(
      plan: SamplingPlan(
        minimumSamples: 5, maximumSamples: 60, targetSpreadFraction: 0.02, timeLimitSeconds: seconds,
        maximumWarmUpSamples: warmUp))
  }

  private func quantity(_ run: SampleRun, _ source: String) throws(Refusal) -> Quantity {
    guard let quantity = run.quantity(source: source) else {
      throw Refusal(.measurementFailed, "The clock gave no usable time for: \(source).")
    }
    return quantity
  }
}
