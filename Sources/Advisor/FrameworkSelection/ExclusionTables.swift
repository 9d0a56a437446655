import Knowledge

/// Why frameworks are ruled out, as ready sentences.
struct ExclusionTables: Sendable {
  static let shared = ExclusionTables()

  private let systems: [[Prepared<RuledOutFramework>]]
  private let modalities: [[Prepared<RuledOutFramework>]]
  private let kinds: [[Prepared<RuledOutFramework>]]
  private let withoutProcessor: [Prepared<RuledOutFramework>]

  private init() {
    let entries = SelectionTables.shared.entries
    systems = entries.map { entry in
      Situation.OperatingSystem.allCases.flatMap { system in
        ([nil] + Situation.Architecture.allCases).map { architecture in
          let place = architecture.map { " on \($0.rawValue)" } ?? ""
          return Self.out(entry, FrameworkLacksSystem.card, "has no build for \(system.rawValue)\(place).")
        }
      }
    }
    modalities = entries.map { entry in
      Situation.Modality.allCases.map { Self.out(entry, ModalityUnsupported.card, "takes no \($0.rawValue) input.") }
    }
    kinds = entries.map { entry in
      Situation.ModelKind.allCases.map {
        Self.out(entry, ModelKindUnsupported.card, "does not run models of the kind \($0.rawValue).")
      }
    }
    withoutProcessor = entries.map { entry in
      let needs = entry.record.accelerators.map { "\($0.vendor) \($0.kind.rawValue)" }.joined(separator: ", ")
      return Self.out(
        entry, AcceleratorWithoutBackend.card, "has no CPU path and needs one of: \(needs); none was found.")
    }
  }

  /// Why a framework cannot be used, or nil when nothing that is known rules it out.
  func exclusion(
    of entry: FrameworkEntry, _ situation: Situation, hasBackend: Bool
  ) -> Prepared<RuledOutFramework>? {
    let index = entry.framework.index
    if let system = situation.machine.operatingSystem {
      let architecture = situation.machine.architecture
      if !entry.runs(on: system, architecture) {
        let column = architecture.map { $0.place + 1 } ?? 0
        return systems[index][system.place * (Situation.Architecture.allCases.count + 1) + column]
      }
    }
    if let kind = situation.model.kind, !entry.runs(kind) { return kinds[index][kind.place] }
    if let modalities = situation.model.modalities {
      for modality in modalities where !entry.takes(modality) { return self.modalities[index][modality.place] }
    }
    if !entry.runsOnCPU, !hasBackend, situation.machine.accelerators != nil { return withoutProcessor[index] }
    return nil
  }

  private static func out(
    _ entry: FrameworkEntry, _ card: RuleCard, _ because: String
  ) -> Prepared<RuledOutFramework> {
    Prepared(
      RuledOutFramework(
        framework: entry.framework, code: card.code, rule: card.name, because: "\(entry.record.name) \(because)"))
  }
}
