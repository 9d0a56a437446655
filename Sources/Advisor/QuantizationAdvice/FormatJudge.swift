import Evidence
import Knowledge
import ModelFiles

/// Judges one format: size, fit, loss, speed, and the rules that speak about it.
struct FormatJudge {
  let advisor: QuantizationAdvisor
  let rates: DecodeRates

  /// Points that a rule takes from a format when it fires.
  private static let rules: [(rule: any Rule.Type, weight: Double)] = [
    (WeightsExceedMemory.self, -200), (ContextExceedsMemory.self, -150), (LittleMemoryHeadroom.self, -10),
    (RowsNotMultipleOf256.self, -8), (NeuralProcessorNeedsSymmetricWeights.self, -60),
    (DecodeBelowTarget.self, -12), (DevicePrefersFormat.self, -10), (SlowFormatForProcessor.self, -10),
    (FormatLosesQuality.self, 0), (LowBitsOnSmallModel.self, -20),
  ]

  /// nil when the model's size is not known.
  func advice(_ record: QuantizationRecord) -> FormatAdvice? {
    let question = advisor.question
    let memory = question.memory.with(weights: question.memory.weights(in: record))
    guard let weights = memory.weights?.bytes else { return nil }
    let need = memory.forecast(advisor.memorySettings, engine: advisor.memoryEngine)
    let quality = QualityNote(record)
    let rate = rates.rate(record, rates.prediction(record))
    let available = advisor.budget.availableBytes
    let fits = available.map { need.totalBytes.value <= Double($0) }
    var reasons = ruleReasons(record, weights: weights, need: need)
    if fits == false, !reasons.contains(where: { $0.weight <= -150 }) { reasons.append(overflow(need, available)) }
    reasons.append(qualityReason(record, quality))
    reasons.append(bytesReason(record, weights: weights, rate: rate))
    if record.id == advisor.defaultFormat, advisor.goal != .smallest { reasons.append(strategyReason) }
    if keepsTooLittle(quality) { reasons.append(accuracyGateReason(quality)) }
    return FormatAdvice(
      id: record.id, format: record.name, score: (reasons.reduce(0) { $0 + $1.weight } * 10).rounded() / 10,
      fits: fits, weightBytes: weights, totalBytes: need.totalBytes,
      longestContextTokens: fits == true ? longestContext(memory) : nil, quality: quality,
      decodeTokensPerSecond: rate, reasons: reasons,
      commands: FormatCommands(question: question, framework: advisor.framework, device: advisor.device)
        .commands(record))
  }

  private func ruleReasons(_ record: QuantizationRecord, weights: Quantity, need: MemoryForecast) -> [Reason] {
    var situation = advisor.situation
    situation.model.quantization = record.name
    situation.model.weightBytes = Int(exactly: weights.value.rounded())
    let active = rates.bytesPerToken(record) ?? weights.value
    situation.model.activeWeightBytes = Int(exactly: active.rounded())
    situation.machine.usableMemoryBytes = advisor.budget.availableBytes
    situation.run.keyValueBytes = (need.quantity(.kvCache)?.value).flatMap { Int(exactly: $0.rounded()) }
    situation.machine.accelerators = advisor.device == .cpu ? [] : advisor.accelerator.map { [$0] }
    return Self.rules.compactMap { rule, weight in
      guard case .fires(let because, let evidence) = rule.check(situation) else { return nil }
      return Reason(
        code: rule.code, rule: rule.card.name, weight: weight, because: because, evidence: evidence,
        source: rule.card.citations.first)
    }
  }

  private func overflow(_ need: MemoryForecast, _ available: Int?) -> Reason {
    SelectionTables.plainReason(
      ContextExceedsMemory.card, -150,
      """
      Weights, cache and buffers take \(ByteText.text(Self.integer(need.totalBytes.value))); \
      \(ByteText.text(available ?? 0)) are free.
      """, .computed, nil)
  }

  private func qualityReason(_ record: QuantizationRecord, _ quality: QualityNote) -> Reason {
    SelectionTables.plainReason(
      FormatLosesQuality.card, quality.points(advisor.goal), "Loss: \(quality.loss.rawValue). \(quality.because)",
      quality.loss == .unknown ? .assumed : .published,
      quality.klDivergence?.source ?? quality.scoreKeptFraction?.source ?? quality.relativeErrorFraction?.source)
  }

  private func bytesReason(_ record: QuantizationRecord, weights: Quantity, rate: Quantity?) -> Reason {
    let parameters = Double(max(1, advisor.situation.model.parameterCount ?? 1))
    let bits = weights.value * 8 / parameters
    // Below about 4.7 bits unpacking takes what the bytes save (llama.cpp's table saturates there).
    let saved = advisor.goal == .smallest ? 60 * (1 - bits / 16) : 20 * (1 - max(bits, 4.5) / 16)
    var because = "\(NumberText.text(bits)) bits per weight, \(ByteText.text(Self.integer(weights.value)))."
    if let rate {
      because += " About \(NumberText.text(rate.value)) tokens per second (\(rate.evidence.rawValue))."
    }
    return SelectionTables.plainReason(
      UnquantizedWeights.card, (saved * 10).rounded() / 10, because, rate?.evidence ?? .computed,
      rate?.source ?? weights.source)
  }

  private var strategyReason: Reason {
    SelectionTables.plainReason(
      OffUnifiedStrategy.card, advisor.goal == .balanced ? 15 : 5,
      strategySentence, .published,
      "facts quantizations: defaults per platform")
  }

  private var strategySentence: String {
    if advisor.defaultFormat == advisor.strategy.quantization { return advisor.strategy.because }
    let format = QuantizationRecord.catalogue.record(advisor.defaultFormat)
    return "\(format?.name ?? advisor.defaultFormat) is where to start for this model and device: \(format?.use ?? "")"
  }

  private func keepsTooLittle(_ quality: QualityNote) -> Bool {
    guard let wanted = advisor.situation.goals.accuracyKeptFraction, let kept = quality.scoreKeptFraction else {
      return false
    }
    return kept.value < wanted
  }

  private func accuracyGateReason(_ quality: QualityNote) -> Reason {
    let kept = quality.scoreKeptFraction?.value ?? 0
    let wanted = advisor.situation.goals.accuracyKeptFraction ?? 0
    return SelectionTables.plainReason(
      AccuracyBelowTarget.card, -40,
      "\(NumberText.text(kept * 100)) % of the score is kept; \(NumberText.text(wanted * 100)) % is wanted.",
      .published, quality.scoreKeptFraction?.source)
  }

  /// The longest context with which weights, cache and buffers fit, as `model/memory` has it.
  private func longestContext(_ memory: MemoryModel) -> Int? {
    guard let available = advisor.budget.availableBytes else { return nil }
    return memory.largestContext(
      budgetBytes: Double(available), settings: advisor.memorySettings, engine: advisor.memoryEngine)
  }

  private static func integer(_ value: Double) -> Int { Int(exactly: value.rounded()) ?? .max }
}
