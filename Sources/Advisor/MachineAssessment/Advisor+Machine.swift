package import Hardware
import Knowledge

extension Advisor {
  /// The name that stands for the machine that runs this process.
  package static let hereName = "here"

  /// Describes the machine that a question is about.
  ///
  /// - Throws: `machineUnknown` for a name that is not in the catalogue, `invalidRequest` for values that contradict each other.
  package func machine(
    _ reference: MachineReference?, probe: MachineProbe = MachineProbe()
  ) throws(Refusal) -> KnownMachine {
    switch reference ?? .here {
    case .here: return KnownMachine(machine: probe.describe())
    case .platform(let name): return try base(name, memoryBytes: nil, probe)
    case .profile(var machine):
      // Wherever it was probed, here it is a profile: measuring here would tell about another machine.
      if machine.origin == .thisMachine { machine.origin = .profile }
      return KnownMachine(machine: machine)
    case .measured(let profile):
      if let problem = profile.problem {
        throw Refusal(
          .invalidRequest, "The machine profile cannot be used: \(problem). Save it anew with 'edgewise assess --save'."
        )
      }
      var known = try machine(.profile(profile.machine))
      if known.machine.memoryBandwidthBytesPerSecond == nil {
        known.machine.memoryBandwidthBytesPerSecond = profile.measurement.readBandwidth.last?.bandwidthBytesPerSecond
      }
      return known
    case .described(let name, let given):
      try check(given)
      var known = try base(name, memoryBytes: given.memoryBytes, probe)
      let total = known.machine.memory
      var rest = given
      // A platform with that much memory keeps the share of it that programs may use.
      let isSized = known.platform != nil && given.memoryBytes != nil && total.totalBytes == given.memoryBytes
      if isSized, given.availableMemoryBytes == nil { rest.memoryBytes = nil }
      known.machine = known.machine.overridden(by: rest)
      if rest.memoryBytes != given.memoryBytes { known.machine.givenByCaller.append("memory.totalBytes") }
      known.assumptions += DescribedMachine.assumptions(given, base: name)
      return known
    }
  }

  private func base(
    _ name: String?, memoryBytes: Int?, _ probe: MachineProbe
  ) throws(Refusal) -> KnownMachine {
    guard let name else { return KnownMachine(machine: DescribedMachine.blank) }
    if name.lowercased() == Self.hereName { return KnownMachine(machine: probe.describe()) }
    let catalogue = PlatformRecord.catalogue
    guard let record = catalogue.record(name) else {
      let near = catalogue.suggestions(for: name)
      let hint = near.isEmpty ? "" : " Near to it: \(near.joined(separator: ", "))."
      throw Refusal(
        .machineUnknown,
        "No machine is called '\(name.prefix(100))': expected '\(Self.hereName)' or a platform of the catalogue."
          + "\(hint) hardware/list has all names; a machine that is not there can be described by an object.",
        details: near.first.map { ["nearest": $0] } ?? [:])
    }
    return KnownMachine(record, memoryBytes: memoryBytes)
  }

  private func check(_ given: MachineOverrides) throws(Refusal) {
    if let physical = given.physicalCores, let logical = given.logicalCores, physical > logical {
      throw Refusal(
        .invalidRequest,
        "The machine has more physical cores (\(physical)) than logical ones (\(logical)): each physical core is at least "
          + "one logical core.")
    }
    if let available = given.availableMemoryBytes, let total = given.memoryBytes, available > total {
      throw Refusal(
        .invalidRequest,
        "The machine has more memory available (\(available) bytes) than in total (\(total) bytes): give "
          + "availableMemoryBytes of memoryBytes or less.")
    }
  }
}
