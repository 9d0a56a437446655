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
    let value = settings.keyFormat == .f16 ? rule.cacheBytesPerValue : settings.keyFormat.bytesPerValue
    let sequences = Double(max(1, settings.sequences))
    let each = max(1, settings.contextTokens / max(1, settings.sequences))
    func stepped(_ tokens: Int) -> Double {
      ((Double(tokens) / Double(rule.cacheStep)).rounded(.up)) * Double(rule.cacheStep)
    }
    var total = 0.0
    var parts: [String] = []
    for group in groups {
      let isCut = rule.cutsWindows && group.growth == .window
      let tokens = stepped(isCut ? min(each, group.windowTokens ?? each) : each)
      let values = group.keyValues + group.valueValues
      total += Double(group.layerCount) * tokens * sequences * Double(values) * value
      parts.append(
        "\(group.layerCount) layers x \(Int(tokens)) tokens x \(Int(sequences)) x \(values) values x \(value)")
    }
    return MemoryTerm(
      .kvCache, Quantity(total, evidence: rule.cacheEvidence, source: rule.cacheSource),
      formula: parts.joined(separator: " + "))
  }
}
