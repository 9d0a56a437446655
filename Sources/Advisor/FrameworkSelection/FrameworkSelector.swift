import Evidence
import Knowledge

/// Adds up the reasons for and against each framework.
struct FrameworkSelector {
  private let question: FrameworkQuestion
  private let situation: Situation
  private let tables = SelectionTables.shared
  private let row: String?
  private let tree: DecisionTree
  private let requirements: [(id: String, points: Double)]

  init(_ question: FrameworkQuestion) {
    self.question = question
    situation = question.situation
    let rows = PlatformRow.ids(for: question.situation)
    row = rows.first
    let weighted = question.requirements.weighted
    let total = weighted.reduce(0) { $0 + $1.weight }
    requirements = weighted.map { ($0.id, 30 * $0.weight / total) }
    tree = DecisionTree(
      question.situation, rows: rows, wantsCrossPlatform: (question.requirements.crossPlatform ?? 0) > 0)
  }

  func answer() -> FrameworkAnswer {
    var scored: [Scored] = []
    var ruledOut: [RuledOutFramework] = []
    scored.reserveCapacity(tables.records.count)
    for record in tables.records {
      guard let framework = record.framework else { continue }
      if let exclusion = ExclusionTables.shared.exclusion(of: record, framework, situation) {
        ruledOut.append(exclusion)
      } else {
        scored.append(score(record, framework))
      }
    }
    scored.sort { ($0.score, $1.framework.index) > ($1.score, $0.framework.index) }
    let kept = scored.prefix(max(1, question.limit))
    let candidates = kept.map(candidate)
    return FrameworkAnswer(
      platform: row.flatMap(tables.match), candidates: candidates, ruledOut: ruledOut, path: tree.path,
      corrections: corrections(candidates), assumptions: SelectionAssumptions.assumptions(question, row: row),
      next: next(candidates.first))
  }

  private struct Scored {
    let record: FrameworkRecord
    let framework: Framework
    let accelerator: Situation.Accelerator?
    let backend: FrameworkRecord.Backend?
    let score: Double
    let reasons: [Reason]
  }

  private func score(_ record: FrameworkRecord, _ framework: Framework) -> Scored {
    var reasons: [Reason] = []
    reasons.reserveCapacity(8)
    if let row, let reason = tables.reason(row: row, framework) { reasons.append(reason) }
    for leaf in tree.leaves where leaf.framework == framework { reasons.append(leaf.reason) }
    for (id, points) in requirements {
      if let reason = tables.reason(requirement: id, framework, points: points) { reasons.append(reason) }
    }
    if let workflow = situation.goals.workflow, let reason = tables.reason(workflow: workflow, framework) {
      reasons.append(reason)
    }
    if let useCase = situation.goals.useCase, let reason = tables.reason(useCase: useCase, framework) {
      reasons.append(reason)
    }
    if situation.wantsServing { reasons.append(tables.manyUsers[framework.index]) }
    let (accelerator, backend) = device(for: record)
    if let backend, backend.maturity == .experimental {
      reasons.append(BackendReasons.shared.experimental[framework.index])
    }
    if accelerator == nil, let idle = idleAccelerator {
      reasons.append(BackendReasons.shared.unused(framework, idle.kind))
    }
    if situation.software.toolchains?.contains(where: { framework.isToolchain($0.name) }) == true {
      reasons.append(tables.installed[framework.index])
    }
    if let format = situation.model.fileFormat, !record.fileFormats.contains(format) {
      reasons.append(tables.needsConversion[framework.index])
    }
    let score = reasons.reduce(0) { $0 + $1.weight }
    return Scored(
      record: record, framework: framework, accelerator: accelerator, backend: backend, score: score, reasons: reasons)
  }

  /// The accelerator that a framework would use, with its back end; on small boards the CPU, which is faster there.
  private func device(for record: FrameworkRecord) -> (Situation.Accelerator?, FrameworkRecord.Backend?) {
    guard let accelerators = situation.machine.accelerators, row != "arm-board" else { return (nil, nil) }
    let prefersNeural = row == "intel-npu" || row == "edge-tpu" || row == "embedded-npu" || row == "windows-arm"
    var best: (accelerator: Situation.Accelerator, backend: FrameworkRecord.Backend, rank: Int)?
    for accelerator in accelerators {
      guard let backend = record.usableBackend(for: accelerator) else { continue }
      if accelerator.kind == .npu, !situation.suitsStaticShapes { continue }
      var rank = backend.maturity == .supported ? 4 : 0
      rank += (accelerator.kind == .gpu) == prefersNeural ? 0 : 2
      rank += accelerator.sharesMemory == true ? 0 : 1
      if best.map({ rank > $0.rank }) ?? true { best = (accelerator, backend, rank) }
    }
    return (best?.accelerator, best?.backend)
  }

  /// An accelerator that some framework could use for this model.
  private var idleAccelerator: Situation.Accelerator? {
    guard row != "arm-board" else { return nil }
    return situation.machine.accelerators?.first { accelerator in
      (accelerator.kind != .npu || situation.suitsStaticShapes) && accelerator.kind != .tpu
        && tables.records.contains { $0.usableBackend(for: accelerator) != nil }
    }
  }

  private func candidate(_ scored: Scored) -> FrameworkCandidate {
    let model = situation.model
    let isReadable = model.fileFormat.map { scored.record.fileFormats.contains($0) } ?? false
    let isInstalled = situation.software.toolchains?.contains { scored.framework.isToolchain($0.name) } ?? false
    var purposes: [FrameworkRecord.Purpose] = isInstalled ? [] : [.install]
    if !isReadable { purposes += [.convert, .quantize] }
    purposes += situation.wantsServing ? [.serve] : [.run]
    return FrameworkCandidate(
      framework: scored.framework, name: scored.record.name, version: scored.record.version,
      score: (scored.score * 10).rounded() / 10,
      runsOn: scored.accelerator.map { "\(scored.backend?.backend ?? "") on \($0.title)" } ?? "CPU",
      reasons: scored.reasons,
      commands: tables.commands[scored.framework.index].commands(
        purposes, machine: situation.machine, accelerator: scored.accelerator,
        repository: model.repository.map(ShellWord.quoted), model: isReadable ? model.path.map(ShellWord.quoted) : nil),
      cautions: tables.cautions[scored.framework.index])
  }

  private func corrections(_ candidates: [FrameworkCandidate]) -> [CorrectionNote] {
    var ids: [String] = []
    if let row, let id = CorrectionsByRow.shared.correction(of: row) { ids.append(id) }
    let isMultimodal = situation.model.modalities?.contains { $0 != .text } ?? false
    if isMultimodal { ids += ["llama-multimodal", "olive-all-models"] }
    if situation.machine.operatingSystem == .linux, candidates.contains(where: { $0.framework == .mlx }) {
      ids.append("mlx-apple-only")
    }
    if candidates.first?.framework == .openvino, situation.model.kind?.isLanguageModel ?? true {
      ids.append("openvino-int8")
    }
    if situation.goals.workflow == .enterprise, (situation.model.parameterCount ?? 0) > 7_000_000_000 {
      ids.append("large-means-enterprise")
    }
    if situation.model.fileFormat == "onnx" { ids.append("onnx-first") }
    if situation.machine.accelerators?.contains(where: { !$0.isKnown }) == true { ids.append("exotic-processors") }
    return ids.compactMap(tables.correction)
  }

  private func next(_ best: FrameworkCandidate?) -> [NextStep] {
    guard let best else { return [Self.describeMachine] }
    return SelectionNextSteps.steps(best.framework, model: situation.model.name)
  }

  private static let describeMachine = NextStep(
    purpose: "Describe the machine and the model, so that a framework can be named.", method: "hardware/assess")
}
