import Evidence
import ModelFiles

/// The terms of an engine by its `EngineRule`.
struct OtherEngineMemory: Sendable {
  let model: ModelDescription
  let weights: WeightBytes?
  let engine: MemoryEngine

  func forecast(_ settings: MemorySettings) -> MemoryForecast {
    var terms = weights.map { [$0.term] } ?? []
    var unknown: [MemoryTerm.Purpose] = weights == nil ? [.weights] : []
    guard let rule = EngineRule.rules[engine], let groups = model.cacheLayers else {
      return MemoryForecast(engine: engine, settings: settings, terms: terms, unknown: unknown + [.kvCache, .overhead])
    }
    terms.append(cache(groups, rule, settings))
    if model.hasRecurrentLayers {
      if let bytes = model.recurrentStateBytes {
        terms.append(
          MemoryTerm(
            .recurrentState,
            Quantity(
              Double(bytes) * Double(max(1, settings.sequences)), evidence: .assumed,
              source: "the state as llama.cpp keeps it"),
            formula: "\(max(1, settings.sequences)) sequences x \(bytes) bytes"))
      } else {
        unknown.append(.recurrentState)
      }
    }
    let base = terms.reduce(0) { $0 + $1.bytes.value }
    let share = rule.headroom
    terms.append(
      MemoryTerm(
        .overhead,
        Quantity(
          share.value * base, low: share.low.map { $0 * base }, high: share.high.map { $0 * base },
          evidence: share.evidence, source: share.source),
        formula: "\(share.value) x (weights + cache)"))
    return MemoryForecast(engine: engine, settings: settings, terms: terms, unknown: unknown)
  }

  private func cache(_ groups: [CacheLayers], _ rule: EngineRule, _ settings: MemorySettings) -> MemoryTerm {
    let isOwn = settings.keyFormat == .f16
    let value = isOwn ? rule.cacheBytesPerValue : settings.keyFormat.bytesPerValue
    let length = Double(max(1, model.hyperparameters.keyLength ?? 128))
    let scales = isOwn ? rule.scaleBytesPerHead / length : 0
    let most = (isOwn ? rule.mostBytesPerKey : nil) ?? value + scales
    let sequences = Double(max(1, settings.sequences))
    let each = max(1, settings.contextTokens / max(1, settings.sequences))
    func stepped(_ tokens: Int, more: Int = 0) -> Double {
      ((Double(tokens) / Double(rule.cacheStep)).rounded(.up) + Double(more)) * Double(rule.cacheStep)
    }
    var (low, total, high) = (0.0, 0.0, 0.0)
    var parts: [String] = []
    for group in groups {
      var (least, tokens, longest) = (stepped(each), stepped(each), stepped(each))
      if group.growth == .window, let extra = rule.windowExtra, let window = group.windowTokens {
        least = min(Double(each), Double(window))
        tokens = min(stepped(each), stepped(min(each, window + extra.usualTokens), more: extra.steps))
        longest = min(stepped(each), stepped(min(each, window + extra.mostTokens), more: extra.steps))
      }
      let values = Double(group.keyValues + group.valueValues)
      let layers = Double(group.layerCount) * sequences
      low += layers * least * values * (value + scales)
      total += layers * tokens * values * (value + scales)
      high += layers * longest * (Double(group.keyValues) * most + Double(group.valueValues) * (value + scales))
      parts.append(
        "\(group.layerCount) layers x \(Int(tokens)) tokens x \(Int(sequences)) x \(Int(values)) values x \(value + scales)"
      )
    }
    let isExact = low == total && high <= total
    return MemoryTerm(
      .kvCache,
      Quantity(
        total, low: isExact ? nil : low, high: isExact ? nil : max(total, high), evidence: rule.cacheEvidence,
        source: rule.cacheSource),
      formula: parts.joined(separator: " + "))
  }
}
