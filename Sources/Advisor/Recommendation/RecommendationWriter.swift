import Evidence
import Hardware
import Inference
import Knowledge
import ModelFiles

/// Puts the parts of a recommendation together.
struct RecommendationWriter {
  let draft: RecommendationDraft
  /// The ranking of formats, after measuring if there was any.
  let quantizations: QuantizationAnswer
  let outcome: CandidateMeter.Outcome?

  var machine: MachineDescription { draft.known.machine }
  var framework: FrameworkCandidate? { draft.frameworks.candidates.first }
  var format: FormatAdvice? { quantizations.formats.first }

  func recommendation() -> Recommendation {
    let settings = settings()
    let expected = expected()
    return Recommendation(
      summary: summary(settings, expected), basis: outcome.map { !$0.measured.isEmpty } == true ? .measured : .facts,
      model: modelNote(), machine: machineNote(), fits: format?.fits, framework: framework,
      otherFrameworks: Array(draft.frameworks.candidates.dropFirst()),
      ruledOutFrameworks: draft.frameworks.ruledOut, path: draft.frameworks.path, quantization: format,
      otherQuantizations: Array(quantizations.formats.dropFirst().prefix(4)), wouldFit: quantizations.wouldFit,
      settings: settings, expected: expected, measured: outcome?.measured ?? [], commands: commands(settings),
      warnings: warnings(expected), corrections: corrections(), assumptions: assumptions(), next: next())
  }

  private func modelNote() -> Recommendation.ModelNote {
    Recommendation.ModelNote(
      name: draft.model.name, source: draft.model.source, architecture: draft.model.architecture,
      parameterCount: draft.model.parameterCount, contextTokens: draft.model.hyperparameters.contextTokens)
  }

  private func machineNote() -> Recommendation.MachineNote {
    Recommendation.MachineNote(
      name: machine.name, isThisMachine: draft.known.isHere, cpuModel: machine.cpu.model,
      architecture: machine.cpu.architecture, usableCores: machine.cpu.usableCores,
      usableMemoryBytes: machine.memory.usableBytes, accelerators: machine.accelerators.map(\.name),
      readBandwidthBytesPerSecond: outcome?.ceilings?.readBandwidthBytesPerSecond
        ?? machine.memoryBandwidthBytesPerSecond)
  }

  private func settings() -> Recommendation.RunSettings {
    let cache = quantizations.cacheFormats.first { $0.recommended } ?? quantizations.cacheFormats.first
    let (threads, because) = threads()
    return Recommendation.RunSettings(
      contextTokens: draft.contextTokens, longestContextTokens: format?.longestContextTokens, threads: threads,
      batchThreads: machine.cpu.usableCores, threadsBecause: because, cacheFormat: cache?.format ?? "f16",
      cacheBecause: cache?.because ?? "the default of every engine; nothing asks for less")
  }

  /// The fewest threads that decode within 3 % of the fastest, or the usable cores when nothing was measured.
  private func threads() -> (Int?, String) {
    let rates = outcome?.decodeByThreads ?? []
    if let best = rates.map(\.rate.value).max(), rates.count > 1,
      let chosen = rates.filter({ $0.rate.value >= 0.97 * best }).min(by: { $0.threads < $1.threads })
    {
      let list = rates.sorted { $0.threads < $1.threads }
        .map { "\($0.threads): \(Self.rounded($0.rate.value))" }.joined(separator: ", ")
      return (
        chosen.threads, "the fewest threads that decode within 3 % of the fastest (tokens/s by threads: \(list))"
      )
    }
    guard let cores = machine.cpu.usableCores else {
      return (nil, "the number of cores is not known; take the physical cores, and fewer if decoding gets no slower")
    }
    return (
      cores,
      "the physical cores that the process may use; decoding waits on memory, so more threads than that do not help"
    )
  }

  private func expected() -> Recommendation.Expectation {
    let measured = outcome?.measured.first { $0.format == format?.format } ?? outcome?.measured.first { $0.isFile }
    let decode = measured?.decodeTokensPerSecond ?? format?.decodeTokensPerSecond
    let predicted = measured == nil ? prediction() : nil
    let prefill = measured?.prefillTokensPerSecond ?? predicted?.prefillTokensPerSecond
    var expectation = Recommendation.Expectation(
      decodeTokensPerSecond: decode, prefillTokensPerSecond: prefill, promptTokens: draft.promptTokens,
      timeToFirstTokenSeconds: predicted?.timeToFirstTokenSeconds
        ?? prefill.map { timeToFirstToken($0, measured?.promptTokens ?? 0) },
      memoryBytes: format?.totalBytes, targets: [])
    let request = draft.request
    if let wanted = request.decodeTokensPerSecond {
      expectation.targets.append(
        .init(
          target: "decodeTokensPerSecond", wanted: wanted, expected: decode?.value,
          isMet: decode.map { $0.value >= wanted }))
    }
    if let wanted = request.timeToFirstTokenSeconds {
      let seconds = expectation.timeToFirstTokenSeconds?.value
      expectation.targets.append(
        .init(
          target: "timeToFirstTokenSeconds", wanted: wanted, expected: seconds, isMet: seconds.map { $0 <= wanted }))
    }
    if let wanted = request.memoryLimitBytes {
      let bytes = format?.totalBytes.value
      expectation.targets.append(
        .init(
          target: "memoryLimitBytes", wanted: Double(wanted), expected: bytes, isMet: bytes.map { $0 <= Double(wanted) }
        ))
    }
    return expectation
  }

  /// The prediction of `model/speed` for the prompt and the format; nil where it has none.
  private func prediction() -> SpeedPrediction? {
    guard let format, let basis = draft.speed.basis(quantizations.device) else { return nil }
    var question = SpeedQuestion(model: draft.reference)
    question.format = format.id
    question.engine = (SpeedEngine(quantizations.framework) ?? .llamaCpp).rawValue
    question.promptTokens = max(1, draft.promptTokens)
    return try? Advisor().prediction(question, basis: basis)
  }

  /// The prompt's length over the prefill rate; attention's growth with the length is not in it.
  private func timeToFirstToken(_ rate: Quantity, _ measuredTokens: Int) -> Quantity {
    let tokens = Double(draft.promptTokens)
    return Quantity(
      tokens / rate.value, low: rate.high.map { tokens / $0 }, high: rate.low.map { tokens / $0 },
      evidence: measuredTokens == draft.promptTokens ? .measured : .calibrated, samples: rate.samples,
      source: "\(draft.promptTokens) prompt tokens over the rate measured with \(measuredTokens)")
  }

  static func rounded(_ value: Double) -> String {
    let scale = value >= 100 ? 1.0 : value >= 10 ? 10.0 : 100.0
    let text = "\((value * scale).rounded() / scale)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
