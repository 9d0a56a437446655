package import Evidence
package import Hardware
import Kernels

/// What predictions for a machine rest on.
package struct SpeedBasis: Sendable {
  package let machine: MachineDescription
  package let rates: EngineRates
  /// What was measured; nil where rates follow from what is published or assumed.
  package let profile: MachineProfile?
  package let record: ProfileRecord
  /// `calibrated` for a measured profile, else the grade of what the rates follow from.
  package let evidence: Evidence
  package let assumptions: [Assumption]
  /// Threads that are worth starting.
  package let threads: Int
  /// The machine that rates follow from; nil where they were measured.
  var described: KnownMachine?
  /// Whether the rates are those of an accelerator, which only some engines use.
  var isOfAccelerator = false
  /// Whether they are those of a processor whose share of the memory's bandwidth is little known.
  var sharesMemory = false
}

extension Advisor {
  /// The basis for a machine that needs no measuring: a kept profile, a given one, or a description; nil for this machine when
  /// it was not measured yet, with the reasons.
  package func speedBasis(
    _ reference: MachineReference?, store: ProfileStore? = .ofUser()
  ) throws(Refusal) -> (basis: SpeedBasis?, remarks: [String]) {
    switch reference ?? .here {
    case .here:
      let stored = try storedProfile(in: store)
      guard let profile = stored.profile else { return (nil, stored.remarks) }
      let path = store.flatMap { store in (try? HereMemory.here()).map { store.path(tier: $0.kernels.tier) } }
      return (
        SpeedBasis(
          profile,
          ProfileRecord(
            .stored, path: path, measuredAtUnixSeconds: profile.measuredAtUnixSeconds, remarks: stored.remarks)), []
      )
    case .measured(let profile):
      _ = try machine(reference)
      return (
        SpeedBasis(profile, ProfileRecord(.given, measuredAtUnixSeconds: profile.measuredAtUnixSeconds)), []
      )
    case .platform, .described, .profile:
      return (try describedBasis(try machine(reference)), [])
    }
  }

  /// The refusal of a question about this machine when it was not measured and must not be.
  package func unmeasuredBasis(remarks: [String]) throws(Refusal) -> SpeedBasis {
    throw Refusal(
      .invalidRequest,
      (remarks + [
        "This machine was not measured \(remarks.isEmpty ? "yet" : "since"): run 'edgewise assess --measure', or let measure "
          + "be true."
      ]).joined(separator: " "))
  }

  /// The basis for a machine that was only described, or of one device of it.
  package func describedBasis(
    _ known: KnownMachine, device: QuantizationDevice? = nil
  ) throws(Refusal) -> SpeedBasis {
    let described = DescribedRates(known, device: device)
    guard let rates = described.rates else {
      throw Refusal(
        .invalidRequest,
        "Nothing tells how fast \(known.machine.name) reads memory: give memoryBandwidthBytesPerSecond, or a profile "
          + "that 'edgewise assess --save FILE' made there.", details: ["machine": known.machine.name])
    }
    var basis = SpeedBasis(
      machine: known.machine, rates: rates, profile: nil, record: ProfileRecord(.described),
      evidence: described.evidence, assumptions: known.assumptions + described.assumptions, threads: rates.threads)
    basis.described = known
    basis.isOfAccelerator = described.isOfAccelerator
    basis.sharesMemory = described.sharesMemory
    return basis
  }

  /// The basis for an engine: our own computes on the processor, whatever else the machine has.
  func basis(_ basis: SpeedBasis, for engine: SpeedEngine) throws(Refusal) -> SpeedBasis {
    guard engine == .edgewise, basis.isOfAccelerator, let known = basis.described else { return basis }
    let described = DescribedRates(known, device: .cpu)
    guard described.rates != nil else {
      throw Refusal(
        .invalidRequest,
        "Edgewise computes on the processor alone, and nothing tells how fast that of \(known.machine.name) reads memory. "
          + "Ask for an engine that uses the accelerator, such as llama.cpp, or describe the computer: an object with this "
          + "name as base, memoryBandwidthBytesPerSecond and physicalCores.",
        details: ["machine": known.machine.name, "engine": SpeedEngine.llamaCpp.rawValue])
    }
    return try describedBasis(known, device: .cpu)
  }
}

extension SpeedBasis {
  /// The basis of a measured profile.
  package init(_ profile: MachineProfile, _ record: ProfileRecord) {
    self.init(
      machine: profile.machine, rates: EngineRates(profile.measurement), profile: profile, record: record,
      evidence: .calibrated, assumptions: [], threads: profile.measurement.threads)
  }
}
