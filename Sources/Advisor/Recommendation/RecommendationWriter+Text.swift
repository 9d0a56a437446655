import Evidence
import Hardware
import JSON
import Knowledge
import ModelFiles

extension RecommendationWriter {
  func summary(_ settings: Recommendation.RunSettings, _ expected: Recommendation.Expectation) -> String {
    guard let framework else {
      return "No framework that Edgewise knows can run \(draft.model.name) on \(machine.name); "
        + "ruledOutFrameworks says why for each."
    }
    guard let format else {
      return
        "Run \(draft.model.name) with \(framework.name) on the \(framework.runsOn); its formats are not known here."
    }
    if format.fits == false {
      let would = quantizations.wouldFit.map { " \($0.because)" } ?? ""
      return
        "\(draft.model.name) does not fit the memory of \(machine.name) with a context of \(settings.contextTokens) "
        + "tokens, not even in \(format.format).\(would)"
    }
    var text = "Run \(draft.model.name) with \(framework.name) on the \(framework.runsOn) in \(format.format)"
    if let threads = settings.threads { text += ", \(threads) thread\(threads == 1 ? "" : "s")" }
    text += ", a context of \(settings.contextTokens) tokens"
    if let rate = expected.decodeTokensPerSecond {
      text += ": about \(Self.rounded(rate.value)) tokens/s (\(rate.evidence.rawValue))"
    }
    if let seconds = expected.timeToFirstTokenSeconds {
      text +=
        ", the first token of a \(expected.promptTokens)-token prompt after about \(Self.rounded(seconds.value)) s"
    }
    if let bytes = expected.memoryBytes {
      text += ", \(Self.rounded(bytes.value / Double(1 << 30))) GiB of memory"
    }
    return text + "."
  }

  /// Installing, making the weights, and running them: the format's own commands in place of the framework's general ones.
  func commands(_ settings: Recommendation.RunSettings) -> [NextStep] {
    let general = framework?.commands ?? []
    let own = draft.model.origin == .catalogue ? format?.commands ?? [] : []
    var steps: [NextStep] = []
    func add(_ purpose: String, _ line: String) {
      guard !steps.contains(where: { $0.command == line }) else { return }
      steps.append(NextStep(purpose: purpose, command: line))
    }
    for command in general {
      switch command.purpose {
      case .install: add("Install \(framework?.name ?? "the framework").", command.line)
      case .convert: if draft.model.origin == .catalogue { add("Convert the model.", command.line) }
      case .quantize: if own.isEmpty, draft.model.origin == .catalogue { add("Quantize the model.", command.line) }
      case .run, .serve, .measure: break
      }
    }
    // A format's commands end in one that runs it.
    for line in own.dropLast() { add("Make the weights in \(format?.format ?? "the format").", line) }
    if let line = own.last { add("Run the model.", line) }
    for command in general {
      switch command.purpose {
      case .run: if own.isEmpty { add("Run the model.", command.line) }
      case .serve: add("Serve the model.", command.line)
      case .measure: add("Measure the framework itself.", command.line)
      case .install, .convert, .quantize: break
      }
    }
    return steps
  }

  func warnings(_ expected: Recommendation.Expectation) -> [String] {
    var warnings = outcome?.warnings ?? []
    for check in expected.targets where check.isMet == false {
      warnings.append(
        "the target \(check.target) of \(Self.rounded(check.wanted)) is not met: expected "
          + "\(check.expected.map(Self.rounded) ?? "unknown")")
    }
    if format?.fits == false {
      warnings.append("the model does not fit; nothing was measured that would tell otherwise")
    }
    if let framework, outcome != nil, framework.runsOn != "CPU" {
      warnings.append(
        "rates were measured on the CPU with Edgewise's own kernels; \(framework.name) would use the \(framework.runsOn)"
      )
    }
    return warnings + (framework?.cautions ?? [])
  }

  func corrections() -> [CorrectionNote] {
    var notes = draft.frameworks.corrections
    for note in quantizations.corrections where !notes.contains(where: { $0.id == note.id }) { notes.append(note) }
    return notes
  }

  func assumptions() -> [Assumption] {
    var assumptions = draft.known.assumptions
    if outcome?.measured.isEmpty == false {
      assumptions.append(
        Assumption(
          what: "rates are those of Edgewise's own kernels for one request at a time",
          effect: "another engine on the same machine is usually slower on CPUs; compare with its own benchmark"))
    }
    if draft.request.contextTokens == nil {
      assumptions.append(
        Assumption(
          what: "a context of \(draft.contextTokens) tokens",
          effect: "a longer one takes more memory and decodes more slowly"))
    }
    for assumption in draft.frameworks.assumptions + quantizations.assumptions
    where !assumptions.contains(assumption) {
      assumptions.append(assumption)
    }
    return assumptions
  }

  func next() -> [NextStep] {
    let reference: JSON = .string(draft.model.origin == .file ? draft.model.source : draft.model.name)
    var steps: [NextStep] = []
    if draft.known.isHere {
      let isMadeUp = draft.model.origin == .catalogue
      let format = isMadeUp ? outcome?.measured.first?.format : nil
      let params: JSON =
        format.map { ["model": reference, "quantization": .string($0)] } ?? ["model": reference]
      steps.append(
        NextStep(
          purpose: "Measure the first choice thoroughly, with percentiles and a drift check.", method: "benchmark/run",
          params: params))
      if outcome == nil {
        steps.append(
          NextStep(
            purpose: "Let the top formats be measured here.", method: "advice/recommend", params: ["model": reference]))
      }
    } else {
      steps.append(
        NextStep(
          purpose: "Measure instead of estimating: run this on the machine itself.",
          command: "edgewise recommend \(draft.model.name)"))
    }
    steps.append(
      NextStep(
        purpose: "See what memory the model needs at other contexts.", method: "model/inspect",
        params: ["model": reference, "contextTokens": .integer(Int64(draft.contextTokens))]))
    return steps
  }
}
