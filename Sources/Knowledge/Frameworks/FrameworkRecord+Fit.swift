extension FrameworkRecord {
  private static let table: [FrameworkRecord?] = Framework.allCases.map { catalogue.record($0.rawValue) }

  /// The record of a framework; nil only when the fact file did not read.
  package static func of(_ framework: Framework) -> FrameworkRecord? { table[framework.index] }

  /// Whether there is a build for a machine's system; nil when the machine's system is not known.
  package func runs(on machine: Situation.Machine) -> Bool? {
    guard let system = machine.operatingSystem else { return nil }
    guard let build = systems.first(where: { $0.operatingSystem == system }) else { return false }
    guard let architecture = machine.architecture else { return true }
    return build.architectures.contains(architecture)
  }

  /// The back end for an accelerator, whether or not its compute capability suffices.
  package func backend(for accelerator: Situation.Accelerator) -> Backend? {
    accelerators.first { $0.kind == accelerator.kind && $0.vendor == accelerator.vendor }
  }

  /// The back end for an accelerator that it can really use.
  package func usableBackend(for accelerator: Situation.Accelerator) -> Backend? {
    guard let backend = backend(for: accelerator) else { return nil }
    if let least = backend.minimumComputeCapability, let has = accelerator.computeCapability, has < least {
      return nil
    }
    return backend
  }

  /// The inputs that a model takes and the framework does not.
  package func missingModalities(of model: Situation.Model) -> [Situation.Modality] {
    model.modalities?.filter { !modalities.contains($0) } ?? []
  }
}
