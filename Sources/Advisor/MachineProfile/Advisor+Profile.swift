import Benchmarking
import Evidence
import Hardware
import Inference
package import Kernels

extension Advisor {
  /// The profile of this machine that is kept and still holds, with what slows the machine down since then; nil with the reasons
  /// when there is none.
  package func storedProfile(
    in store: ProfileStore? = .ofUser()
  ) throws(Refusal) -> (profile: MachineProfile?, remarks: [String]) {
    guard let store else { return (nil, ["There is no home folder to keep a profile in."]) }
    let here = try HereMemory.here()
    switch HereMemory.content(store, tier: here.kernels.tier) {
    case .absent: return (nil, [])
    case .unreadable(let reason):
      return (nil, ["The kept profile \(store.path(tier: here.kernels.tier)) could not be used: \(reason)."])
    case .profile(var profile):
      let differences = here.fingerprint.differences(from: profile.fingerprint)
      guard differences.isEmpty else {
        return (nil, ["The machine has changed since it was measured: \(differences.joined(separator: "; "))."])
      }
      // Free memory and the like are those of now.
      profile.machine = here.machine
      let slowdowns = profile.condition.map {
        here.condition.slowdowns(since: $0, cores: here.machine.cpu.usableCores ?? 1)
      }
      return (profile, slowdowns ?? [])
    }
  }

  /// The kept profile, or one that is measured now and kept.
  ///
  /// - Throws: `Refusal`, or `Cancelled` within milliseconds of raising the flag.
  package func profile(
    refresh: Bool = false, timeBudgetSeconds: Double = MachineAssessment.defaultTimeBudgetSeconds,
    in store: ProfileStore? = .ofUser(), cancellation: Cancellation? = nil, progress: Progress = .ignored
  ) throws -> (profile: MachineProfile, record: ProfileRecord) {
    let here = try HereMemory.here()
    let stored = try storedProfile(in: store)
    let path = store?.path(tier: here.kernels.tier)
    if let profile = stored.profile, !refresh {
      return (
        profile,
        ProfileRecord(
          .stored, path: path, measuredAtUnixSeconds: profile.measuredAtUnixSeconds, remarks: stored.remarks)
      )
    }
    let now = Timestamp.unixSeconds()
    let machine = here.machine
    let measurement = try Self.measured {
      try ProfileMeter(
        kernels: here.kernels, threads: machine.cpu.usableCores ?? 1, budgetSeconds: timeBudgetSeconds,
        cancellation: cancellation, progress: progress
      ).measure(KernelSet.formats, machine, startedAtUnixSeconds: now)
    }
    var profile = MachineProfile(
      machine: machine, measurement: measurement, fingerprint: here.fingerprint, condition: here.condition,
      measuredAtUnixSeconds: now)
    // What an engine was compared with stays true while the machine and Edgewise are the same.
    profile.engines = stored.profile?.engines ?? []
    // What slows the machine down is in what was measured now.
    var remarks = stored.profile == nil ? stored.remarks : []
    if let old = stored.profile { remarks += Self.changes(from: old.measurement, to: measurement) }
    let kept = keep(profile, in: store, &remarks)
    return (
      profile, ProfileRecord(.measured, path: kept ? path : nil, measuredAtUnixSeconds: now, remarks: remarks)
    )
  }

  /// Keeps a profile; a place that cannot be written to is a remark, not a failure: the answer is there all the same.
  @discardableResult
  func keep(_ profile: MachineProfile, in store: ProfileStore?, _ remarks: inout [String]) -> Bool {
    guard let store, let here = try? HereMemory.here() else { return false }
    do throws(Refusal) {
      try store.save(profile, tier: here.kernels.tier)
      return true
    } catch {
      remarks.append(error.message)
      return false
    }
  }

  /// Reads memory for a moment and says when it is far from what the profile has: the machine is throttled, or others use it.
  ///
  /// - Throws: `Refusal`, or `Cancelled`.
  package func recheck(_ profile: MachineProfile, cancellation: Cancellation?) throws -> [String] {
    let here = try HereMemory.here()
    guard let known = profile.measurement.readBandwidth.last else { return [] }
    return try Self.measured {
      let team = try ThreadTeam(threads: known.threads)
      let memory = try ProbeMemory(
        byteCount: min(256 << 20, profile.measurement.workingSetBytes), team: team, kernels: here.kernels,
        cancellation: cancellation)
      let passes = try PeakMeter(kernels: here.kernels, team: team).readPasses(
        over: memory.weights, passBytes: memory.weights.count, seconds: 0.1, minimum: 5, cancellation: cancellation)
      let now = percentile(0.5, ofSorted: passes.dropFirst().sorted())
      let then = known.bandwidthBytesPerSecond.value
      // Passes differ by some percent on any machine; a fifth is more than that.
      let allowed = max(0.2, 2 * known.spreadFraction)
      guard abs(now / then - 1) > allowed else { return [] }
      let (a, b) = (Self.gigabytes(now), Self.gigabytes(then))
      return [
        now < then
          ? "Memory is read at \(a) GB/s now, and was at \(b) when the profile was measured: the machine is throttled, or others "
            + "use it. Predictions are too high until that ends; --refresh (refresh) measures it as it is."
          : "Memory is read at \(a) GB/s now, and was at \(b) when the profile was measured, perhaps while others used the "
            + "machine: --refresh (refresh) measures it anew."
      ]
    }
  }

  private static func changes(from old: MachineMeasurement, to new: MachineMeasurement) -> [String] {
    guard let then = old.readBandwidth.last, let now = new.readBandwidth.last, then.threads == now.threads else {
      return []
    }
    let (a, b) = (then.bandwidthBytesPerSecond.value, now.bandwidthBytesPerSecond.value)
    guard abs(b / a - 1) > max(0.2, 2 * max(then.spreadFraction, now.spreadFraction)) else { return [] }
    return ["Read bandwidth was \(gigabytes(a)) GB/s in the profile before, and is \(gigabytes(b)) now."]
  }

  private static func gigabytes(_ rate: Double) -> String {
    let tenths = Int((rate / 1e8).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  /// Runs a measurement; errors of the floors below become refusals.
  static func measured<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch InferenceError.cancelled {
      throw Cancelled()
    } catch let error as InferenceError {
      throw Refusal(error)
    } catch let error as OutOfMemory {
      throw Refusal(.insufficientMemory, "The measurement needs more memory than there is: \(error).")
    } catch let error as ThreadTeamError {
      throw Refusal(.measurementFailed, "\(error)")
    }
  }
}
