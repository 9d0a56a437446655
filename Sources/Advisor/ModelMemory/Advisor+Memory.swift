import Evidence
import Hardware
import JSON
import ModelFiles

extension Advisor {
  /// Computes the memory of a model in an engine, what fits into a budget, and the terms behind it.
  package func memory(_ request: MemoryRequest) throws(Refusal) -> MemoryAnswer {
    let engine = request.engine ?? .llamaCpp
    let model = try MemoryModels.shared.model(request.model, format: request.format, advisor: self)
    let longest = model.description.hyperparameters.contextTokens
    let settings = settings(request, longest: longest)
    var forecast = model.forecast(settings, engine: engine)
    if let projector = try request.projector.map({ path throws(Refusal) in try Self.projector(path) }) {
      forecast = MemoryForecast(
        engine: engine, settings: settings, terms: forecast.terms + [projector], unknown: forecast.unknown)
    }
    let format = request.format ?? (model.description.origin == .catalogue ? SynthesisRequest.defaultFormat : nil)
    let extra = forecast.bytes(.projector)
    return MemoryAnswer(
      model: request.model, architecture: model.description.architecture, format: format, forecast: forecast,
      byContext: Self.contexts(longest).map { tokens in
        var other = settings
        other.contextTokens = tokens
        return .init(
          contextTokens: tokens, totalBytes: model.forecast(other, engine: engine).totalBytes.value + extra)
      },
      fit: try fit(request, model, settings, forecast, extra: extra),
      assumptions: assumptions(request, model, forecast),
      next: [
        NextStep(
          purpose: "Judge quality and speed of the formats that fit.", method: "quantization/advise",
          params: ["model": .string(request.model)])
      ])
  }

  private func settings(_ request: MemoryRequest, longest: Int?) -> MemorySettings {
    let context = request.contextTokens ?? min(MemoryRequest.defaultContextTokens, max(1, longest ?? .max))
    var settings = MemorySettings(contextTokens: context)
    settings.microBatchTokens = request.microBatchTokens ?? settings.microBatchTokens
    settings.batchTokens = request.batchTokens ?? max(settings.batchTokens, settings.microBatchTokens)
    settings.sequences = request.sequences ?? 1
    settings.isUnified = request.isUnified ?? false
    settings.keyFormat = request.keyFormat ?? .f16
    settings.valueFormat = request.valueFormat ?? settings.keyFormat
    settings.usesFlashAttention = request.flashAttention != .off
    settings.keepsFullWindow = request.keepsFullWindow ?? false
    settings.outputTokens = request.outputTokens
    return settings
  }

  /// Contexts of a table, the model's own last.
  private static func contexts(_ longest: Int?) -> [Int] {
    let usual = [4096, 8192, 16_384, 32_768, 65_536, 131_072]
    guard let longest, (1...1 << 30).contains(longest) else { return usual }
    return usual.filter { $0 < longest } + [longest]
  }

  private static func projector(_ path: String) throws(Refusal) -> MemoryTerm {
    do throws(ModelFileError) {
      let file = try GGUFFile.open(path: path)
      guard file.architecture == "clip" else {
        throw ModelFileError(
          .notAModel, "This is no projector but a model of the architecture '\(file.architecture ?? "")'.", path: path)
      }
      let bytes = file.tensors.reduce(0.0) { $0 + Double($1.byteCount) }
      return MemoryTerm(
        .projector, Quantity(bytes, evidence: .computed, source: "the bytes of all tensors of the projector, counted"),
        formula: "the bytes of \(file.tensors.count) tensors; its compute buffer comes on top and is not known")
    } catch {
      throw Refusal(error)
    }
  }

  private func fit(
    _ request: MemoryRequest, _ model: MemoryModel, _ settings: MemorySettings, _ forecast: MemoryForecast,
    extra: Double
  ) throws(Refusal) -> MemoryAnswer.Fit? {
    guard let (bytes, source) = try budget(request) else { return nil }
    let engine = forecast.engine
    var fit = MemoryAnswer.Fit(
      budgetBytes: bytes, budgetSource: source, fits: forecast.totalBytes.value <= Double(bytes),
      largestContextTokens: model.largestContext(
        budgetBytes: Double(bytes) - extra, settings: settings, engine: engine))
    guard engine == .llamaCpp, let best = try bestFormat(request.model, Double(bytes), forecast) else { return fit }
    fit.bestFormat = best.name
    fit.bestFormatBytes = best.bytes
    return fit
  }

  private func budget(_ request: MemoryRequest) throws(Refusal) -> (Int, String)? {
    if let bytes = request.budgetBytes { return (bytes, "given") }
    guard request.machine != nil else {
      return try HereMemory.here().machine.memory.usableBytes.map {
        ($0, "the memory that programs may use on this machine")
      }
    }
    let machine = try machine(request.machine).machine
    return machine.memory.usableBytes.map { ($0, "the memory that programs may use on that machine") }
  }

  /// The format with the most bits of which everything fits; other formats change the weights alone.
  private func bestFormat(
    _ reference: String, _ budget: Double, _ forecast: MemoryForecast
  ) throws(Refusal) -> (name: String, bytes: Double)? {
    let rest = forecast.totalBytes.value - forecast.bytes(.weights)
    return MemoryModels.shared.weights(reference, advisor: self).first { $0.bytes + rest <= budget }
      .map { ($0.name, $0.bytes + rest) }
  }

  private func assumptions(
    _ request: MemoryRequest, _ model: MemoryModel, _ forecast: MemoryForecast
  ) -> [Assumption] {
    var list: [Assumption] = []
    if request.contextTokens == nil {
      list.append(
        Assumption(
          what: "A context of \(forecast.settings.contextTokens) tokens.", effect: "byContext shows others."))
    }
    guard forecast.engine == .llamaCpp else {
      list.append(
        Assumption(
          what: "The rules of \(forecast.engine.rawValue) as each term's source says.",
          effect: "Terms graded assumed may be off by their whole interval."))
      if let rule = EngineRule.rules[forecast.engine] { list.append(rule.assumption) }
      return list
    }
    list.append(
      Assumption(
        what: "llama.cpp 0.5.0 on a CPU with its file mapped.",
        effect:
          "With CPU_REPACK it keeps some formats a second time in memory of its own (--no-repack saves that); a GPU "
          + "build adds some hundred MiB."))
    if request.outputTokens == nil {
      list.append(
        Assumption(
          what: "Logits of every token of a step are kept ready, as llama-bench and the library do.",
          effect: "llama-server asks for one token of each sequence and then needs a smaller compute buffer; set "
            + "outputTokens to the sequences."))
    }
    return list
  }
}
