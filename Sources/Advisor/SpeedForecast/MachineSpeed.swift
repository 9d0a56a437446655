package import Evidence
import Hardware

/// What is known of how fast a machine is, for advice that names the device that a model runs on.
///
/// The profile is that of `model/speed`; nothing is measured for it.
package struct MachineSpeed: Sendable {
  private let known: KnownMachine
  /// Of the processor, by a profile.
  private let measured: SpeedBasis?
  /// Why a kept profile could not be used, as sentences.
  package let remarks: [String]

  package init(_ known: KnownMachine, measured: SpeedBasis? = nil, remarks: [String] = []) {
    self.known = known
    self.measured = measured
    self.remarks = remarks
  }

  /// What predictions for a device rest on; nil when nothing tells how fast it reads memory.
  func basis(_ device: QuantizationDevice) -> SpeedBasis? {
    if device == .cpu, let measured { return measured }
    return try? Advisor().describedBasis(known, device: device)
  }
}

extension Advisor {
  /// How fast a machine is known to be: by its kept or given profile, else by its description.
  ///
  /// A read bandwidth that was measured by the caller counts for more than what was known of it before.
  package func machineSpeed(
    _ reference: MachineReference?, _ known: KnownMachine, readBytesPerSecond: Quantity? = nil,
    store: ProfileStore? = .ofUser()
  ) throws(Refusal) -> MachineSpeed {
    if let readBytesPerSecond {
      var known = known
      known.machine.memoryBandwidthBytesPerSecond = readBytesPerSecond
      return MachineSpeed(known)
    }
    switch reference ?? .here {
    case .here, .measured:
      let found = try speedBasis(reference, store: store)
      return MachineSpeed(known, measured: found.basis, remarks: found.remarks)
    case .platform, .described, .profile: return MachineSpeed(known)
    }
  }
}
