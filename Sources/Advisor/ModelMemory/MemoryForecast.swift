package import Evidence

/// The memory that a model takes in an engine, part by part.
package struct MemoryForecast: Sendable, Hashable, Codable {
  package var engine: MemoryEngine
  package var settings: MemorySettings
  package var terms: [MemoryTerm]
  /// The sum of the terms.
  package var totalBytes: Quantity
  /// Parts that are not known, and not in the total.
  package var unknown: [MemoryTerm.Purpose]

  init(engine: MemoryEngine, settings: MemorySettings, terms: [MemoryTerm], unknown: [MemoryTerm.Purpose]) {
    self.engine = engine
    self.settings = settings
    self.terms = terms
    self.unknown = unknown
    totalBytes = Self.sum(terms.map(\.bytes))
  }

  /// The same with the weights before all other terms.
  func adding(_ weights: WeightBytes?) -> MemoryForecast {
    MemoryForecast(
      engine: engine, settings: settings, terms: (weights.map { [$0.term] } ?? []) + terms,
      unknown: (weights == nil ? [.weights] : []) + unknown)
  }

  /// What one purpose takes; nil when that is nothing, or not known.
  package func quantity(_ purpose: MemoryTerm.Purpose) -> Quantity? { terms.first { $0.purpose == purpose }?.bytes }

  /// The bytes for one purpose; 0 when there are none.
  package func bytes(_ purpose: MemoryTerm.Purpose) -> Double {
    terms.reduce(0) { $1.purpose == purpose ? $0 + $1.bytes.value : $0 }
  }

  /// The sum with the weakest evidence of its parts; ends of intervals add up, as errors of formulas do not cancel.
  private static func sum(_ parts: [Quantity]) -> Quantity {
    let order: [Evidence] = [.measured, .computed, .calibrated, .published, .assumed]
    let weakest = parts.map(\.evidence).max { (order.firstIndex(of: $0) ?? 0) < (order.firstIndex(of: $1) ?? 0) }
    let isExact = parts.allSatisfy { $0.low == nil && $0.high == nil }
    return Quantity(
      parts.reduce(0) { $0 + $1.value }, low: isExact ? nil : parts.reduce(0) { $0 + ($1.low ?? $1.value) },
      high: isExact ? nil : parts.reduce(0) { $0 + ($1.high ?? $1.value) }, evidence: weakest ?? .computed,
      source: "the sum of the terms")
  }
}
