import Evidence
import Knowledge
import ModelFiles

/// Ranks the formats of a framework for a model on a machine.
struct QuantizationAdvisor {
  let question: QuantizationQuestion
  let situation: Situation
  let strategy: QuantizationStrategy
  let framework: Framework
  let device: QuantizationDevice
  let accelerator: Situation.Accelerator?
  let budget: MemoryBudget
  let goal: Situation.AccuracyGoal
  let row: PlatformRow?

  init(_ question: QuantizationQuestion) {
    self.question = question
    var situation = question.situation
    let hasMatrix = situation.model.hasImportanceMatrix
    situation.model = Situation.Model(question.model)
    situation.model.hasImportanceMatrix = hasMatrix
    situation.goals.contextLength = question.contextTokens
    let goal = situation.goals.accuracy ?? .balanced
    situation.goals.accuracy = goal
    let row = PlatformRow.rows(for: situation).first
    let strategy = row.map(QuantizationStrategy.strategy) ?? .crossPlatform
    let framework = question.framework ?? strategy.framework
    situation.software.framework = framework
    var (device, accelerator) = Self.device(question, framework, row)
    let isPossible = QuantizationRecord.catalogue.records.contains {
      $0.framework == framework && $0.runsOn?.contains(device.rawValue) ?? true
    }
    if !isPossible { (device, accelerator) = (.cpu, nil) }
    budget = Self.budget(situation, device: device, accelerator: accelerator, question.contextTokens)
    (self.device, self.accelerator) = (device, accelerator)
    (self.row, self.goal, self.strategy, self.framework) = (row, goal, strategy, framework)
    self.situation = situation
  }

  /// The default format before memory and accuracy refine it.
  var defaultFormat: String {
    if framework == .openvino, device == .npu {
      return (situation.model.parameterCount ?? .max) < 1_000_000_000
        ? "openvino/int4_sym-g128" : "openvino/int4_sym-cw"
    }
    if framework == .llamaCpp, let refined = refinedGGUF { return refined }
    return framework == strategy.framework
      ? strategy.quantization : QuantizationStrategy.defaultQuantization(of: framework)
  }

  /// The default for GGUF where the model's shape rules the K formats out; nil where they hold.
  ///
  /// Rows that 256 does not divide would be stored in larger formats: small models then gain little from four bits, and
  /// gpt-oss was trained in MXFP4.
  private var refinedGGUF: String? {
    if situation.model.architecture?.hasPrefix("gpt-oss") == true { return "llama.cpp/MXFP4" }
    guard let width = situation.model.hiddenSize, !width.isMultiple(of: 256) else { return nil }
    return (situation.model.parameterCount ?? 0) < 1_500_000_000 ? "llama.cpp/Q8_0" : "llama.cpp/IQ4_NL"
  }

  func answer() -> QuantizationAnswer {
    let records = QuantizationRecord.catalogue.records.filter { $0.framework == framework && runs($0) }
    let rates = DecodeRates(self, records)
    let judge = FormatJudge(advisor: self, rates: rates)
    let all = records.compactMap(judge.advice).sorted { ($0.score, $1.id) > ($1.score, $0.id) }
    let kept = Array(all.prefix(max(1, question.limit)))
    return QuantizationAnswer(
      framework: framework, device: device,
      strategy: StrategyNote(
        framework: strategy.framework, quantization: strategy.quantization, because: strategy.because),
      memory: budget, formats: kept, wouldFit: wouldFit(all), cacheFormats: cacheAdvice(kept.first),
      importanceMatrix: importanceMatrixAdvice(kept.first), corrections: corrections,
      assumptions: assumptions(kept, rates), next: next(kept.first, rates))
  }

  /// Whether the framework runs a format on the device.
  private func runs(_ record: QuantizationRecord) -> Bool {
    record.runsOn?.contains(device.rawValue) ?? true
  }

  /// The cache at the context wanted in 16 bits; nil when the layers are not known.
  var cacheBytes: Quantity? { question.memory.forecast(memorySettings).quantity(.kvCache) }

  /// How the model would be run: one sequence, and 16 bits in the cache.
  var memorySettings: MemorySettings { MemorySettings(contextTokens: question.contextTokens) }

  /// Whose rules for memory hold; llama.cpp's for want of a framework's own.
  var memoryEngine: MemoryEngine { MemoryEngine(framework) ?? .llamaCpp }

  private static func device(
    _ question: QuantizationQuestion, _ framework: Framework, _ row: PlatformRow?
  ) -> (QuantizationDevice, Situation.Accelerator?) {
    let record = FrameworkRecord.of(framework)
    let usable = (question.situation.machine.accelerators ?? []).filter { record?.usableBackend(for: $0) != nil }
    let gpu = usable.first { $0.kind == .gpu }
    let npu = usable.first { $0.kind == .npu }
    switch question.device {
    case .cpu: return (.cpu, nil)
    case .gpu: return (.gpu, gpu ?? question.situation.machine.accelerators?.first { $0.kind == .gpu })
    case .npu: return (.npu, npu ?? question.situation.machine.accelerators?.first { $0.kind == .npu })
    case nil: break
    }
    if framework == .qnn { return (.npu, npu) }
    if row?.id == "intel-npu" || row?.id == "windows-arm", framework != .llamaCpp, npu != nil { return (.npu, npu) }
    if row?.id != "arm-board", let gpu { return (.gpu, gpu) }
    return (.cpu, nil)
  }

  private static func budget(
    _ situation: Situation, device: QuantizationDevice, accelerator: Situation.Accelerator?, _ contextTokens: Int
  ) -> MemoryBudget {
    var bytes = situation.machine.usableMemoryBytes ?? situation.machine.memoryBytes
    var source = "the memory that the machine has free for a process"
    if device != .cpu, let accelerator, accelerator.sharesMemory != true, let own = accelerator.memoryBytes {
      bytes = own
      source = "the memory of the \(accelerator.title)"
    } else if device == .gpu, let shared = accelerator?.memoryBytes, let system = bytes, shared < system {
      bytes = shared
      source = "the part of memory that the \(accelerator?.title ?? "GPU") may use"
    }
    if let limit = situation.goals.memoryLimitBytes, limit < bytes ?? .max {
      bytes = limit
      source = "the limit that was given"
    }
    return MemoryBudget(
      availableBytes: bytes, source: bytes == nil ? "not known" : source, contextTokens: contextTokens)
  }
}
