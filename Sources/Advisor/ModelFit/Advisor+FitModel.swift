import Blueprints
import Evidence
import Hardware
import Inference
import JSON
import Knowledge
import TensorFormats

extension Advisor {
  /// A table over formats and contexts, from the memory's and the speed's forecasts.
  package func fit(_ question: FitQuestion, basis: SpeedBasis) throws(Refusal) -> FitAnswer {
    let usable = question.memoryLimitBytes ?? basis.machine.memory.usableBytes
    let files = try FitFiles(describe(model: question.model), engine: question.engine)
    let engine = files.engine
    let formats = question.formats.map { $0.map(Optional.some) } ?? files.formats
    var rows: [FitAnswer.Row] = []
    var answered: SpeedAnswer?
    var contexts: [Int] = []
    for format in formats {
      let known = try work(of: question.model, format: format)
      if contexts.isEmpty { contexts = Self.contexts(question.contexts, longest: known.contextTokens) }
      let memory = try MemoryModels.shared.model(question.model, format: format, advisor: self)
      for context in contexts {
        var speed = SpeedQuestion(model: question.model)
        speed.format = format
        speed.engine = engine.rawValue
        speed.threads = question.threads
        speed.promptTokens = min(question.promptTokens, max(1, context - 1))
        let prompt = try predictSpeed(speed, basis: basis)
        speed.promptTokens = 1
        speed.depthTokens = context / 2
        let token = try predictSpeed(speed, basis: basis)
        answered = answered ?? prompt
        let forecast = memory.forecast(
          MemorySettings(contextTokens: context), engine: Self.memoryEngine(engine))
        rows.append(
          row(
            known.fileType, known.formatRecord, context, forecast, usable,
            timeToFirstToken: prompt.timeToFirstTokenSeconds,
            decode: token.decodeTokensPerSecond))
      }
    }
    rows.sort { ($0.contextTokens, -$0.memoryBytes.value) < ($1.contextTokens, -$1.memoryBytes.value) }
    let (best, because) = FitChoice(rows, wanted: question.wantedTokensPerSecond).recommendation
    return FitAnswer(
      model: answered?.model ?? question.model, machine: basis.machine.name, engine: engine.rawValue,
      threads: answered?.threads ?? basis.threads, promptTokens: question.promptTokens, usableMemoryBytes: usable,
      rows: rows, recommended: best, because: because, profile: basis.record,
      assumptions: files.assumptions(rows.map(\.format)) + (answered?.assumptions ?? []),
      next: next(question, engine, best.map { rows[$0] }))
  }

  private static func contexts(_ wanted: [Int]?, longest: Int) -> [Int] {
    if let wanted { return Set(wanted).sorted() }
    let fitting = FitQuestion.defaultContexts.filter { $0 <= longest }
    return fitting.isEmpty ? [max(1, longest)] : fitting
  }

  private static func memoryEngine(_ engine: SpeedEngine) -> MemoryEngine {
    switch engine {
    case .edgewise: .edgewise
    case .llamaCpp: .llamaCpp
    case .openvino: .openVINO
    case .mlx: .mlx
    case .onnxRuntime: .onnxRuntime
    }
  }

  private func row(
    _ format: String, _ formatRecord: String?, _ context: Int, _ memory: MemoryForecast, _ usable: Int?,
    timeToFirstToken: Quantity,
    decode: Quantity
  ) -> FitAnswer.Row {
    let record = QuantizationRecord.catalogue.record(formatRecord ?? "llama.cpp/" + format)
    let quality =
      record.map(QualityNote.init) ?? QualityNote(loss: .unknown, because: "Nothing is published for this format.")
    let bytes = memory.totalBytes
    let verdict: FitAnswer.Verdict
    let because: String
    // What an engine's rules do not tell, llama.cpp's do about as well: a total without the cache would be no total.
    let isWhole = memory.unknown.isEmpty
    if let usable {
      let (need, most) = (bytes.value, bytes.high ?? bytes.value)
      if need > Double(usable) {
        verdict = .tooLarge
        because = "It takes \(ByteText.text(Int(need))), \(ByteText.text(Int(need) - usable)) more than may be used."
      } else if !isWhole {
        verdict = .unknown
        because = "Not known of this engine: \(memory.unknown.map(\.rawValue).joined(separator: ", "))."
      } else if most > 0.9 * Double(usable) {
        verdict = .tight
        because = "It may take all but \(ByteText.text(max(0, usable - Int(most)))) of what may be used."
      } else {
        verdict = .fits
        because = "It leaves \(ByteText.text(usable - Int(need))) of what may be used."
      }
    } else {
      verdict = .unknown
      because = "The machine does not tell how much memory may be used."
    }
    return FitAnswer.Row(
      format: format, contextTokens: context, memoryBytes: bytes, timeToFirstTokenSeconds: timeToFirstToken,
      decodeTokensPerSecond: decode, quality: quality, verdict: verdict, because: because)
  }

  private func next(_ question: FitQuestion, _ engine: SpeedEngine, _ best: FitAnswer.Row?) -> [NextStep] {
    guard let best else {
      return [
        NextStep(
          purpose: "Find a model that fits.", method: "advice/recommend", params: ["model": .string(question.model)])
      ]
    }
    var steps: [NextStep] = []
    if question.machine == nil, engine == .llamaCpp {
      steps.append(
        NextStep(
          purpose: "Make the rates those of an installed build of llama.cpp.", command: "edgewise calibrate",
          method: "calibrate/engine", params: ["engine": "llama.cpp"]))
    }
    let (model, name): (JSON, JSON) = (.string(question.model), .string(engine.rawValue))
    let depth = JSON.integer(Int64(best.contextTokens / 2))
    // What the files have without a name of the catalogue is asked for by no name.
    let isNamed = FileTypeRecipe(name: best.format) != nil || QuantizationRecord.catalogue.record(best.format) != nil
    steps.append(
      NextStep(
        purpose: "See what the recommended row's time is made of.", method: "model/speed",
        params: isNamed
          ? ["model": model, "format": .string(best.format), "engine": name, "depthTokens": depth]
          : ["model": model, "engine": name, "depthTokens": depth]))
    return steps
  }
}
