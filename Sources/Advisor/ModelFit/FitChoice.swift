import Evidence

/// Chooses the row to recommend: of those that fit, with a small loss at most, the fastest; of nearly as fast ones the better.
struct FitChoice {
  private let rows: [FitAnswer.Row]
  private let wanted: Double?

  /// Rates that differ by less count as the same: predictions are no better.
  private static let sameRateFraction = 0.1

  init(_ rows: [FitAnswer.Row], wanted: Double?) {
    self.rows = rows
    self.wanted = wanted
  }

  /// The place of the row, and why; nil with what to do when none fits.
  var recommendation: (place: Int?, because: String) {
    let fitting = rows.indices.filter { rows[$0].verdict == .fits || rows[$0].verdict == .tight }
    guard !fitting.isEmpty else {
      if rows.allSatisfy({ $0.verdict == .unknown }) {
        return (
          nil, "How much memory may be used, or is needed, is not known: give memoryLimitBytes or another engine."
        )
      }
      return (nil, "No format and context of the table fits: take a smaller model, a shorter context or more memory.")
    }
    // The shortest context is the one that was asked for first; longer ones are choices of the reader.
    let context = rows[fitting[0]].contextTokens
    var candidates = fitting.filter { rows[$0].contextTokens == context }
    var reasons: [String] = []
    let comfortable = candidates.filter { rows[$0].verdict == .fits }
    if !comfortable.isEmpty { candidates = comfortable } else { reasons.append("it just fits") }
    if let wanted {
      let fast = candidates.filter { rows[$0].decodeTokensPerSecond.value >= wanted }
      if !fast.isEmpty { candidates = fast } else { reasons.append("none reaches the rate that is wanted") }
    }
    let good = candidates.filter { Self.rank(rows[$0].quality.loss) <= Self.rank(.small) }
    if good.isEmpty {
      reasons.append("of those that fit it loses least")
      let least = candidates.map { Self.rank(rows[$0].quality.loss) }.min() ?? 0
      candidates = candidates.filter { Self.rank(rows[$0].quality.loss) == least }
    } else {
      reasons.append("of those that fit and lose little it is the fastest, or as fast")
      candidates = good
    }
    let best = candidates.map { rows[$0].decodeTokensPerSecond.value }.max() ?? 0
    let fastest = candidates.filter { rows[$0].decodeTokensPerSecond.value >= best * (1 - Self.sameRateFraction) }
    let place = fastest.min {
      (Self.rank(rows[$0].quality.loss), rows[$0].memoryBytes.value)
        < (Self.rank(rows[$1].quality.loss), rows[$1].memoryBytes.value)
    }
    guard let place else { return (nil, "No row could be compared.") }
    return (place, "\(rows[place].format) at a context of \(context): \(reasons.joined(separator: "; ")).")
  }

  /// From no loss to the severest; an unknown loss counts as moderate.
  private static func rank(_ loss: QualityNote.Loss) -> Int {
    switch loss {
    case .none: 0
    case .negligible: 1
    case .small: 2
    case .moderate, .unknown: 3
    case .large: 4
    case .severe: 5
    }
  }
}
