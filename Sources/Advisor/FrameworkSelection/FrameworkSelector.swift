import Evidence
import Knowledge

/// Adds up the reasons for and against each framework.
struct FrameworkSelector {
  private let question: FrameworkQuestion
  private let situation: Situation
  private let tables = SelectionTables.shared
  private let row: String?
  private let rowReasons: [Prepared<Reason>]?
  private let workflowReasons: [Prepared<Reason>?]?
  private let useCaseReasons: [Prepared<Reason>?]?
  private let requirements: [(grades: [GradeReason?], points: Double)]
  private let tree: DecisionTree
  private let devices: MachineDevices

  init(_ question: FrameworkQuestion) {
    self.question = question
    situation = question.situation
    let rows = PlatformRow.ids(for: question.situation)
    row = rows.first
    let tables = SelectionTables.shared
    rowReasons = rows.first.flatMap(tables.reasons(row:))
    workflowReasons = question.situation.goals.workflow.flatMap(tables.reasons(workflow:))
    useCaseReasons = question.situation.goals.useCase.flatMap(tables.reasons(useCase:))
    let weighted = question.requirements.weighted
    let total = weighted.reduce(0) { $0 + $1.weight }
    requirements = weighted.compactMap { requirement in
      tables.reasons(requirement: requirement.id).map { ($0, 30 * requirement.weight / total) }
    }
    tree = DecisionTree(
      question.situation, rows: rows, wantsCrossPlatform: (question.requirements.crossPlatform ?? 0) > 0)
    devices = MachineDevices(question.situation, row: rows.first)
  }

  func answer() -> FrameworkAnswer {
    var scored: [(entry: FrameworkEntry, score: Double)] = []
    var ruledOut = PreparedList<RuledOutFramework>()
    scored.reserveCapacity(tables.entries.count)
    for entry in tables.entries {
      let hasBackend = devices.hasBackend(entry.framework)
      if let exclusion = ExclusionTables.shared.exclusion(of: entry, situation, hasBackend: hasBackend) {
        ruledOut.append(exclusion)
      } else {
        scored.append((entry, score(entry)))
      }
    }
    scored.sort { ($0.score, $1.entry.framework.index) > ($1.score, $0.entry.framework.index) }
    let candidates = scored.prefix(max(1, question.limit)).map { candidate($0.entry, score: $0.score) }
    return FrameworkAnswer(
      platformMatch: row.flatMap(tables.match), candidates: candidates, ruledOutList: ruledOut,
      pathList: PreparedList(tree.path), correctionList: corrections(scored.map(\.entry.framework)),
      assumptionList: SelectionAssumptions.assumptions(question, row: row),
      nextList: candidates.first.map { SelectionNextSteps.steps($0.framework, model: situation.model.name) }
        ?? SelectionNextSteps.describeMachine)
  }

  private func score(_ entry: FrameworkEntry) -> Double {
    var score = 0.0
    visit(entry) { score += $0.value.weight }
    for (grades, points) in requirements { score += grades[entry.framework.index]?.weight(points: points) ?? 0 }
    return score
  }

  /// Shows every reason for or against a framework but those of the requirements.
  private func visit(_ entry: FrameworkEntry, _ body: (Prepared<Reason>) -> Void) {
    let framework = entry.framework
    let index = framework.index
    if let rowReasons { body(rowReasons[index]) }
    for leaf in tree.leaves where leaf.framework == framework { body(leaf.reason) }
    if let reason = workflowReasons?[index] { body(reason) }
    if let reason = useCaseReasons?[index] { body(reason) }
    if situation.wantsServing { body(tables.manyUsers[index]) }
    if let (_, backend) = devices.device(for: framework) {
      if backend.isExperimental { body(BackendReasons.shared.experimental[index]) }
    } else if let idle = devices.idleKind {
      body(BackendReasons.shared.unused(framework, idle))
    }
    if isInstalled(framework) { body(tables.installed[index]) }
    if let format = situation.model.fileFormat, !entry.reads(format) { body(tables.needsConversion[index]) }
  }

  private func isInstalled(_ framework: Framework) -> Bool {
    situation.software.toolchains?.contains { framework.isToolchain($0.name) } ?? false
  }

  private func candidate(_ entry: FrameworkEntry, score: Double) -> FrameworkCandidate {
    let framework = entry.framework
    var reasons = PreparedList<Reason>()
    visit(entry) { reasons.append($0) }
    for (grades, points) in requirements {
      if let grade = grades[framework.index] { reasons.append(grade.reason(points: points)) }
    }
    let model = situation.model
    let isReadable = model.fileFormat.map(entry.reads) ?? false
    var purposes: [FrameworkRecord.Purpose] = isInstalled(framework) ? [] : [.install]
    if !isReadable { purposes += [.convert, .quantize] }
    purposes.append(situation.wantsServing ? .serve : .run)
    let device = devices.device(for: framework)
    return FrameworkCandidate(
      framework: framework, name: entry.record.name, version: entry.record.version,
      score: (score * 10).rounded() / 10,
      runsOn: device.map { "\($0.backend.name) on \($0.accelerator.title)" } ?? "CPU", reasonList: reasons,
      commandList: tables.commands[framework.index].commands(
        purposes, machine: situation.machine, accelerator: device?.accelerator,
        repository: model.repository.map(ShellWord.quoted), model: isReadable ? model.path.map(ShellWord.quoted) : nil),
      cautions: tables.cautions[framework.index])
  }

  private func corrections(_ ranked: [Framework]) -> PreparedList<CorrectionNote> {
    var notes = PreparedList<CorrectionNote>()
    func note(_ id: String) {
      if let note = tables.correction(id) { notes.append(note) }
    }
    if let row, let correction = tables.correction(row: row) { notes.append(correction) }
    if situation.model.modalities?.contains(where: { $0 != .text }) == true {
      note("llama-multimodal")
      note("olive-all-models")
    }
    if situation.machine.operatingSystem == .linux, ranked.prefix(max(1, question.limit)).contains(.mlx) {
      note("mlx-apple-only")
    }
    if ranked.first == .openvino, situation.model.kind?.isLanguageModel ?? true { note("openvino-int8") }
    if situation.goals.workflow == .enterprise, (situation.model.parameterCount ?? 0) > 7_000_000_000 {
      note("large-means-enterprise")
    }
    if situation.model.fileFormat == "onnx" { note("onnx-first") }
    if situation.machine.accelerators?.contains(where: { !$0.isKnown }) == true { note("exotic-processors") }
    return notes
  }
}
