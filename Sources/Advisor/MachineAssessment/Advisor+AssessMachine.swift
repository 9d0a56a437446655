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
      let profile = try self.profile(of: known.machine, question, &report, cancellation, progress)
      report.keep(profile)
      if let widest = profile.measurement.readBandwidth.last,
        !known.machine.givenByCaller.contains("memoryBandwidthBytesPerSecond")
      {
        report.machine.memoryBandwidthBytesPerSecond = widest.bandwidthBytesPerSecond
      }
      report.assumptions += assumptions(profile.measurement, known.machine)
    } else if case .measured(let profile)? = question.machine {
      report.keep(profile)
      report.profile = ProfileRecord(.given, measuredAtUnixSeconds: profile.measuredAtUnixSeconds)
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

  /// The whole profile, kept from earlier or measured now; with formats or threads of the caller's, what they reach, kept nowhere.
  private func profile(
    of machine: MachineDescription, _ question: MachineAssessment, _ report: inout MachineReport,
    _ cancellation: Cancellation?, _ progress: Progress
  ) throws -> MachineProfile {
    let formats = try tensorFormats(question.formats)
    let kernels = try kernelSet()
    let started = question.startedAtUnixSeconds ?? Timestamp.unixSeconds()
    if question.formats == nil, question.threads == nil {
      let (profile, record) = try self.profile(
        refresh: question.isRefreshed, timeBudgetSeconds: question.timeBudgetSeconds, in: question.store,
        cancellation: cancellation, progress: progress)
      report.profile = record
      if record.state == .stored { report.profile?.remarks += try recheck(profile, cancellation: cancellation) }
      return profile
    }
    let measurement = try Self.measured {
      try ProfileMeter(
        kernels: kernels, threads: question.threads ?? machine.cpu.usableCores ?? 1,
        budgetSeconds: question.timeBudgetSeconds, cancellation: cancellation, progress: progress
      ).measure(formats, machine, startedAtUnixSeconds: question.startedAtUnixSeconds)
    }
    report.profile = ProfileRecord(
      .measured, measuredAtUnixSeconds: started,
      remarks: ["Measured for the formats and threads that were named, and so not kept for other questions."])
    return MachineProfile(
      machine: machine, measurement: measurement,
      fingerprint: ProfileFingerprint(machine, tier: kernels.tier), measuredAtUnixSeconds: started)
  }

  /// The formats of these names that the kernels multiply.
  private func tensorFormats(_ names: [String]?) throws(Refusal) -> [TensorFormat] {
    let known = KernelSet.formats
    guard let names else { return known }
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
          purpose: "Measure the read bandwidth and the rates of our own kernels, in about ten seconds.",
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
