#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Whether samples rise or fall over the time of a measurement, as they do when a machine heats up.
///
/// The trend is tested after Mann and Kendall (with the correction for ties) and its size is Theil and Sen's slope, the
/// median of the slopes of all pairs. More than 300 samples are first reduced to the medians of 300 blocks.
package struct Drift: Codable, Sendable, Hashable {
  /// The change over the whole run by Theil and Sen's slope, as a fraction of the median: positive when values rise.
  package let changeFraction: Double
  /// The median of the last third over the median of the first, less 1.
  package let lastThirdOverFirstFraction: Double
  /// The two-sided probability of a trend as strong in samples that have none.
  package let probability: Double
  /// Whether the trend is both unlikely by chance (below 0.05) and large enough to matter (above 0.05).
  package let isDrifting: Bool

  /// The drift in samples in the order in which they were taken, or nil for fewer than 8 or a median of zero.
  package init?(_ samples: [Double]) {
    let finite = samples.filter(\.isFinite)
    guard finite.count >= 8 else { return nil }
    let values = Self.blockMedians(finite, blocks: 300)
    let n = values.count
    let median = percentile(0.5, ofSorted: values.sorted())
    guard median != 0 else { return nil }
    var score = 0
    var slopes: [Double] = []
    slopes.reserveCapacity(n * (n - 1) / 2)
    for i in 0..<n {
      for j in (i + 1)..<max(n, i + 1) {
        let difference = values[j] - values[i]
        score += difference > 0 ? 1 : difference < 0 ? -1 : 0
        slopes.append(difference / Double(j - i))
      }
    }
    slopes.sort()
    let slope = percentile(0.5, ofSorted: slopes)
    changeFraction = slope * Double(n - 1) / abs(median)
    let third = n / 3
    let first = percentile(0.5, ofSorted: values.prefix(third).sorted())
    let last = percentile(0.5, ofSorted: values.suffix(third).sorted())
    lastThirdOverFirstFraction = first == 0 ? 0 : last / first - 1
    probability = Self.probability(score: score, values: values)
    isDrifting = probability < 0.05 && abs(changeFraction) > 0.05
  }

  /// The normal approximation with continuity correction: variance (n(n-1)(2n+5) - Σ t(t-1)(2t+5)) / 18 over ties of t.
  private static func probability(score: Int, values: [Double]) -> Double {
    func term(_ count: Int) -> Double { Double(count) * Double(count - 1) * Double(2 * count + 5) }
    var ties: [Double: Int] = [:]
    for value in values { ties[value, default: 0] += 1 }
    let variance = (term(values.count) - ties.values.reduce(0) { $0 + term($1) }) / 18
    guard variance > 0, score != 0 else { return 1 }
    let z = (Double(abs(score)) - 1) / variance.squareRoot()
    return erfc(z / 2.0.squareRoot())
  }

  private static func blockMedians(_ values: [Double], blocks: Int) -> [Double] {
    guard values.count > blocks else { return values }
    return (0..<blocks).map { block in
      let from = block * values.count / blocks
      let to = (block + 1) * values.count / blocks
      return percentile(0.5, ofSorted: values[from..<to].sorted())
    }
  }
}
