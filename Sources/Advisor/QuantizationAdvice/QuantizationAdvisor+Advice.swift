import Evidence
import JSON
import Knowledge
import ModelFiles

extension QuantizationAdvisor {
  /// What would fit when no format does.
  func wouldFit(_ formats: [FormatAdvice]) -> WouldFit? {
    guard let available = budget.availableBytes, !formats.isEmpty, !formats.contains(where: { $0.fits == true }),
      let smallest = formats.min(by: { $0.totalBytes.value < $1.totalBytes.value })
    else { return nil }
    let names = fittingModels(Double(available))
    let missing = smallest.totalBytes.value - Double(available)
    return WouldFit(
      missingBytes: Int(exactly: missing.rounded(.up)) ?? .max, smallestFormat: smallest.format,
      models: names,
      because: names.isEmpty
        ? "No model of the catalogue fits; free memory or take another machine."
        : "These fit with a context of \(question.contextTokens) tokens in \(defaultFormat).")
  }

  /// The three largest models of the catalogue that fit in the default format.
  private func fittingModels(_ available: Double) -> [String] {
    guard let format = QuantizationRecord.catalogue.record(defaultFormat) else { return [] }
    let models = CatalogueModel.catalogue.records.sorted {
      ($0.parametersInBillions, $0.id) > ($1.parametersInBillions, $1.id)
    }
    // Reading what is far too large would take most of the time.
    let possible = models.lazy.filter { Double($0.parameterCount) * format.bitsPerWeight / 8 < available }
    let fitting = possible.filter { model in
      guard let memory = try? MemoryModels.shared.model(model.id, advisor: Advisor()) else { return false }
      var settings = memorySettings
      settings.contextTokens = min(settings.contextTokens, model.contextLength)
      let need = memory.with(weights: memory.weights(in: format)).forecast(settings, engine: memoryEngine)
      // A tenth is kept free, as the rule on headroom asks.
      return need.totalBytes.value < available * 0.9
    }
    return fitting.prefix(3).map(\.id)
  }

  /// The formats of the key-value cache, with the one to take.
  func cacheAdvice(_ best: FormatAdvice?) -> [CacheAdvice] {
    let records = CacheFormatRecord.catalogue.records.filter { $0.framework == framework }
    guard !records.isEmpty else { return [] }
    let cache = cacheBytes
    let isTight =
      best?.fits == false || best?.reasons.contains { $0.code == LittleMemoryHeadroom.code } == true
    let eightBit = records.first { $0.bytesPerValue < 2 && $0.bytesPerValue > 1 }?.name
    let chosen = isTight ? eightBit : records.first { $0.bytesPerValue == 2 }?.name
    return records.sorted { $0.bytesPerValue > $1.bytesPerValue }.map { record in
      let bytes = cache.map {
        Quantity(
          $0.value * record.bytesPerValue / 2, evidence: .computed,
          source: "16-bit cache x \(NumberText.text(record.bytesPerValue)) / 2 bytes per value")
      }
      let because =
        record.name == chosen
        ? isTight ? "Memory is tight: half of the cache is saved." : "It fits, and loses nothing."
        : record.bytesPerValue == 2 ? "Loses nothing, but memory is tight." : "Saves memory that is not short here."
      return CacheAdvice(
        format: record.name, recommended: record.name == chosen, cacheBytes: bytes,
        klDivergence: record.klDivergence.map { Quantity($0, evidence: .published, source: record.source) },
        options: record.options, because: [because, record.caution].compactMap(\.self).joined(separator: " "))
    }
  }

  /// Whether the first format wants calibration data.
  func importanceMatrixAdvice(_ best: FormatAdvice?) -> ImportanceMatrixAdvice {
    let record = best.flatMap { QuantizationRecord.catalogue.record($0.id) }
    let need = record?.importanceMatrix ?? .none
    let because =
      switch need {
      case .none: "The format takes none."
      case .optional: "From five bits on it changes little."
      case .recommended: "At four bits and fewer it lowers the loss: Q4_K_S from 0.0431 to 0.0320 for Llama-3-8B."
      case .required: "llama-quantize refuses the format without one."
      }
    let commands = need == .none || need == .optional ? [] : best?.commands.filter { $0.contains("imatrix") } ?? []
    return ImportanceMatrixAdvice(need: need.rawValue, because: because, commands: commands)
  }

  var corrections: [CorrectionNote] {
    var ids: [String] = []
    switch framework {
    case .openvino: ids.append("openvino-int8")
    case .mlx: ids.append("mlx-apple-only")
    case .olive: ids.append("olive-qat")
    case .llamaCpp:
      if situation.machine.architecture == .arm64, situation.machine.cpuVendor != "apple" { ids.append("q4-0-on-arm") }
      ids.append("increase-quantization")
    default: break
    }
    return ids.compactMap { SelectionTables.shared.correction($0)?.value }
  }

  func assumptions(_ formats: [FormatAdvice], _ rates: DecodeRates) -> [Assumption] {
    var assumptions: [Assumption] = []
    if budget.availableBytes == nil {
      assumptions.append(
        Assumption(
          what: "The memory of the machine is not known.", effect: "Nothing is said on whether a format fits."))
    }
    if budget.availableBytes != nil, MemoryEngine(framework) == nil {
      assumptions.append(
        Assumption(
          what: "Buffers and cache as llama.cpp keeps them, for want of \(framework.rawValue)'s own rules.",
          effect: "The total may be off by some hundred MiB."))
    }
    if situation.model.parameterCount == nil {
      assumptions.append(
        Assumption(
          what: "The number of parameters is not known, so no format could be sized.",
          effect: "Name a model of the catalogue or a file; model/list shows the names."))
    }
    assumptions += speedAssumptions(formats.first, rates)
    if device == .npu {
      assumptions.append(
        Assumption(
          what: "The NPU's static shapes: batch 1, prompts of 1024 tokens unless set otherwise.",
          effect: "Longer prompts need MAX_PROMPT_LEN at load, or the GPU."))
    }
    if question.situation.goals.accuracy == nil {
      assumptions.append(
        Assumption(what: "Balanced accuracy.", effect: "highest moves to 6 or 8 bits, smallest to 3 or 4."))
    }
    if question.model.origin == .file, let present = situation.model.quantization,
      !["F16", "BF16", "F32"].contains(present.uppercased())
    {
      assumptions.append(
        Assumption(
          what: "The file is already in \(present): other formats are made from it with --allow-requantize.",
          effect: "That loses more than starting from 16 bits; take the 16-bit repository if you can."))
    }
    return assumptions
  }

  private func speedAssumptions(_ best: FormatAdvice?, _ rates: DecodeRates) -> [Assumption] {
    var assumptions = (question.speed?.remarks ?? []).map {
      Assumption(what: $0, effect: "Speeds do not follow from that profile.")
    }
    let record = best.flatMap { QuantizationRecord.catalogue.record($0.id) }
    if rates.basis == nil, question.measuredDecodeTokensPerSecond.isEmpty {
      assumptions.append(
        Assumption(
          what: "Nothing tells how fast the \(device.rawValue.uppercased()) reads memory.",
          effect: "There are no speeds; hardware/assess with measure, or measuredReadBytesPerSecond, gives them."))
    } else if let prediction = record.flatMap(rates.prediction) {
      if rates.basis?.profile == nil {
        assumptions.append(
          Assumption(
            what: "No rate was measured: speeds follow from the machine's description, as in model/speed.",
            effect: "The intervals are wide; hardware/assess with measure on the machine narrows them."))
      }
      assumptions += prediction.assumptions
    }
    if SpeedEngine(framework) == nil {
      assumptions.append(
        Assumption(
          what: "Speeds are those of llama.cpp, for want of any of \(framework.rawValue).",
          effect: "Measure the framework itself before relying on them."))
    }
    assumptions.append(
      Assumption(
        what: "Speeds hold with the context of \(question.contextTokens) tokens half full, and one request at a time.",
        effect: "A fuller cache is slower: it is read for every token."))
    return assumptions
  }

  func next(_ best: FormatAdvice?, _ rates: DecodeRates) -> [NextStep] {
    guard let best else {
      return [NextStep(purpose: "See which models have a known size.", method: "model/list")]
    }
    var steps = [NextStep(purpose: "Make and run \(best.format).", command: best.commands.joined(separator: " && "))]
    let name = question.model.origin == .catalogue ? question.model.name : question.model.source
    steps.append(
      NextStep(
        purpose: "Measure how fast it runs here.", method: "benchmark/run", params: ["model": .string(name)]))
    if rates.basis?.profile == nil {
      steps.append(
        NextStep(
          purpose: "Measure the machine once, on the machine itself, so that speeds follow from it.",
          command: "edgewise assess --measure", method: "hardware/assess", params: ["measure": true]))
    }
    return steps
  }
}
