import Benchmarking
import Evidence
import Hardware
import JSON
package import Kernels
import TensorFormats

extension Advisor {
  /// Describes a machine, and measures it when asked to.
  ///
  /// - Throws: `Refusal`, or `Cancelled` within milliseconds of raising the flag.
  package func assess(
    _ question: MachineAssessment, cancellation: Cancellation? = nil, progress: Progress = .ignored
  ) throws -> MachineReport {
    let probe = MachineProbe(
      storagePath: question.storagePath, runsVersionCommands: question.runsVersionCommands)
    let known = try machine(question.machine, probe: probe)
    var report = MachineReport(
      machine: known.machine, platform: known.platform.map(PlatformListing.init), assumptions: known.assumptions,
      next: [])
    if question.isMeasured {
      try checkIsHere(known)
      let measurement = try measure(question, known.machine, cancellation, progress)
      report.measurement = measurement
      if let widest = measurement.readBandwidth.last,
        !known.machine.givenByCaller.contains("memoryBandwidthBytesPerSecond")
      {
        report.machine.memoryBandwidthBytesPerSecond = widest.bandwidthBytesPerSecond
      }
      report.assumptions += assumptions(measurement, known.machine)
    }
    report.next = next(report, known)
    return report
  }

  /// Finds out without measuring whether the question can be measured; throws what `assess` would.
  package func checkMeasurable(_ question: MachineAssessment) throws(Refusal) {
    _ = try tensorFormats(question.formats)
    _ = try kernelSet()
    switch question.machine ?? .here {
    case .here: break
    case .described(let base?, _) where base.lowercased() == Self.hereName: break
    default: try checkIsHere(try machine(question.machine))
    }
  }

  private func checkIsHere(_ known: KnownMachine) throws(Refusal) {
    guard !known.isHere else { return }
    throw Refusal(
      .invalidRequest,
      "Only the machine that runs Edgewise can be measured, and '\(known.machine.name)' is another: leave machine "
        + "out, or run hardware/assess there and give its machine object here.")
  }

  private func kernelSet() throws(Refusal) -> KernelSet {
    do { return try KernelSet.select() } catch { throw Refusal(.invalidRequest, "\(error)") }
  }

  private func measure(
    _ question: MachineAssessment, _ machine: MachineDescription, _ cancellation: Cancellation?, _ progress: Progress
  ) throws -> MachineMeasurement {
    let formats = try tensorFormats(question.formats)
    let kernels = try kernelSet()
    let threads = question.threads ?? machine.cpu.usableCores ?? 1
    let clock = MonotonicClock.system
    let start = clock.nowSeconds()
    let before = SystemSnapshot()
    do {
      let meter = try MachineMeter(
        kernels: kernels, threads: threads, workingSetBytes: MachineMeter.workingSetBytes(for: machine),
        cancellation: cancellation)
      let budget = question.timeBudgetSeconds
      let counts = threadCounts(upTo: threads)
      let bandwidths = try counts.enumerated().map { index, count in
        progress.report("bandwidth", 0.25 * Double(index) / Double(counts.count), "\(count) threads")
        return try meter.readBandwidth(threads: count, seconds: 0.25 * budget / Double(counts.count))
      }
      progress.report("compute", 0.25)
      let ceilings = try meter.ceilings(seconds: 0.1 * budget)
      let widest = bandwidths.last?.bandwidthBytesPerSecond
      let rates = try meter.rates(
        formats: formats, bandwidth: widest ?? ceilings.int8, int8: ceilings.int8, float32: ceilings.float32,
        seconds: 0.65 * budget, progress: progress.part(from: 0.35, to: 1))
      progress.report("done", 1)
      return MachineMeasurement(
        kernelTier: kernels.tier.rawValue, threads: threads, readBandwidth: bandwidths,
        int8OperationsPerSecond: ceilings.int8, float32OperationsPerSecond: ceilings.float32, formats: rates,
        workingSetBytes: meter.workingSetBytes, elapsedSeconds: clock.nowSeconds() - start,
        environment: EnvironmentRecord(
          machine: machine, kernelTier: kernels.tier.rawValue, threads: threads,
          startedAtUnixSeconds: question.startedAtUnixSeconds, before: before, after: SystemSnapshot()))
    } catch let error as OutOfMemory {
      throw Refusal(.insufficientMemory, "The measurement needs more memory than there is: \(error).")
    } catch let error as ThreadTeamError {
      throw Refusal(.measurementFailed, "\(error)")
    }
  }

  /// The formats of these names that the kernels multiply.
  private func tensorFormats(_ names: [String]?) throws(Refusal) -> [TensorFormat] {
    let known = KernelSet.formats
    guard let names else {
      return MachineAssessment.defaultFormats.compactMap { name in known.first { $0.name == name } }
    }
    var result: [TensorFormat] = []
    for name in names {
      guard let format = known.first(where: { $0.name.lowercased() == name.lowercased() }) else {
        throw Refusal(
          .invalidRequest,
          "There is no kernel for the format '\(name.prefix(40))': expected some of "
            + known.map(\.name).joined(separator: ", ") + ".")
      }
      if !result.contains(format) { result.append(format) }
    }
    return result
  }

  /// One thread, half and all: enough to see whether one core can fill the memory bus.
  private func threadCounts(upTo threads: Int) -> [Int] { Array(Set([1, max(1, threads / 2), threads])).sorted() }

  private func assumptions(_ measured: MachineMeasurement, _ machine: MachineDescription) -> [Assumption] {
    var result: [Assumption] = []
    if let cache = machine.cpu.lastLevelCacheBytes, measured.workingSetBytes < 2 * cache {
      result.append(
        Assumption(
          what: "The working set of \(measured.workingSetBytes >> 20) MiB is less than twice the last-level cache.",
          effect: "Bandwidth and decode rates are partly those of the cache, and too high for large models."))
    }
    let signs = measured.environment.disturbance.signs
    if !signs.isEmpty {
      result.append(
        Assumption(
          what: "The machine was disturbed: \(signs.joined(separator: "; ")).",
          effect: "The rates may be too low: measure again when it is quiet."))
    }
    return result
  }

  private func next(_ report: MachineReport, _ known: KnownMachine) -> [NextStep] {
    var steps: [NextStep] = []
    if known.isHere, report.measurement == nil {
      steps.append(
        NextStep(
          purpose: "Measure the read bandwidth and the rates of our own kernels, in about four seconds.",
          command: "edgewise call hardware/assess '{\"measure\": true}'", method: "hardware/assess",
          params: ["measure": true]))
    }
    if known.isHere, let counter = known.machine.energyCounters.first(where: { !$0.readable }) {
      steps.append(
        NextStep(
          purpose: "Let Edgewise read the energy counter \(counter.name).", command: "sudo chmod a+r \(counter.path)"))
    }
    if !known.isHere {
      steps.append(
        NextStep(
          purpose:
            "Measure the device itself: run this there, and give the machine object of the reply as machine here.",
          command: "edgewise call hardware/assess '{\"measure\": true}'"))
    }
    return steps
  }
}
