import Knowledge

/// Why frameworks are ruled out, as ready sentences.
struct ExclusionTables: Sendable {
  static let shared = ExclusionTables()

  private let systems: [[RuledOutFramework]]
  private let modalities: [[RuledOutFramework]]
  private let kinds: [[RuledOutFramework]]
  private let withoutProcessor: [RuledOutFramework]

  private init() {
    let records = SelectionTables.shared.records
    systems = records.map { record in
      Situation.OperatingSystem.allCases.flatMap { system in
        ([nil] + Situation.Architecture.allCases).map { architecture in
          let place = architecture.map { " on \($0.rawValue)" } ?? ""
          return Self.out(record, FrameworkLacksSystem.card, "has no build for \(system.rawValue)\(place).")
        }
      }
    }
    modalities = records.map { record in
      Situation.Modality.allCases.map { Self.out(record, ModalityUnsupported.card, "takes no \($0.rawValue) input.") }
    }
    kinds = records.map { record in
      Situation.ModelKind.allCases.map {
        Self.out(record, ModelKindUnsupported.card, "does not run models of the kind \($0.rawValue).")
      }
    }
    withoutProcessor = records.map { record in
      let needs = record.accelerators.map { "\($0.vendor) \($0.kind.rawValue)" }.joined(separator: ", ")
      return Self.out(
        record, AcceleratorWithoutBackend.card, "has no CPU path and needs one of: \(needs); none was found.")
    }
  }

  /// Why a framework cannot be used, or nil when nothing that is known rules it out.
  func exclusion(of record: FrameworkRecord, _ framework: Framework, _ situation: Situation) -> RuledOutFramework? {
    let machine = situation.machine
    if let system = machine.operatingSystem, record.runs(on: machine) == false {
      let architectures = Situation.Architecture.allCases
      let column = machine.architecture.flatMap { architectures.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
      let row = Situation.OperatingSystem.allCases.firstIndex(of: system) ?? 0
      return systems[framework.index][row * (architectures.count + 1) + column]
    }
    if let kind = situation.model.kind, kind != .other, !record.modelKinds.contains(kind),
      let place = Situation.ModelKind.allCases.firstIndex(of: kind)
    {
      return kinds[framework.index][place]
    }
    if let missing = situation.model.modalities?.first(where: { !record.modalities.contains($0) }),
      let place = Situation.Modality.allCases.firstIndex(of: missing)
    {
      return modalities[framework.index][place]
    }
    if !record.runsOnCPU, let accelerators = machine.accelerators,
      !accelerators.contains(where: { record.usableBackend(for: $0) != nil })
    {
      return withoutProcessor[framework.index]
    }
    return nil
  }

  private static func out(_ record: FrameworkRecord, _ card: RuleCard, _ because: String) -> RuledOutFramework {
    RuledOutFramework(
      framework: record.framework ?? .llamaCpp, code: card.code, rule: card.name, because: "\(record.name) \(because)")
  }
}
