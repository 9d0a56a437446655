extension QuantizationRecord {
  /// The published divergence with an importance matrix where one is recommended, in nats; nil when none is published.
  package var expectedDivergence: Double? {
    guard let quality else { return weightBits == 16 ? 0 : nil }
    return quality.map(\.klDivergence).min()
  }
}

extension Situation.AccuracyGoal {
  /// The largest mean divergence of the next token, in nats, that still meets the goal; the bands 0.01, 0.05 and 0.15
  /// (negligible, small, moderate) are a third party's.
  package var largestDivergence: Double {
    switch self {
    case .highest: 0.01
    case .balanced: 0.05
    case .smallest: 0.15
    }
  }
}
