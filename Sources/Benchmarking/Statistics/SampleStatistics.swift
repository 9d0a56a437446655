/// What a set of samples says.
///
/// Percentiles are linear between order statistics (R-7 of Hyndman and Fan, 1996); the interval of the median comes from
/// order statistics and assumes no distribution.
package struct SampleStatistics: Codable, Sendable, Hashable {
  /// How many samples are finite numbers; the others are left out.
  package let count: Int
  package let minimum: Double
  package let maximum: Double
  package let mean: Double
  /// With n-1 in the denominator; nil for fewer than two samples.
  package let standardDeviation: Double?
  package let median: Double
  /// The median of the absolute distances from the median, not scaled.
  package let medianAbsoluteDeviation: Double
  package let p50: Double
  package let p90: Double
  package let p95: Double
  /// nil for fewer than 100 samples, of which it would only repeat the maximum.
  package let p99: Double?
  /// The 80 % interval of the median; nil for fewer than four samples.
  package let medianInterval: MedianInterval?
  package let percentileMethod: String

  /// The statistics of the finite numbers among `samples`, or nil when there is none.
  package init?(_ samples: [Double]) {
    let samples = samples.filter(\.isFinite)
    let sorted = samples.sorted()
    guard let minimum = sorted.first, let maximum = sorted.last else { return nil }
    count = sorted.count
    self.minimum = minimum
    self.maximum = maximum
    // Relative to the minimum, so that nearly equal samples keep their digits.
    let mean = minimum + sorted.reduce(0) { $0 + ($1 - minimum) } / Double(sorted.count)
    self.mean = mean
    let squares = sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    standardDeviation = sorted.count > 1 ? (squares / Double(sorted.count - 1)).squareRoot() : nil
    let median = percentile(0.5, ofSorted: sorted)
    self.median = median
    medianAbsoluteDeviation = percentile(0.5, ofSorted: sorted.map { abs($0 - median) }.sorted())
    p50 = median
    p90 = percentile(0.9, ofSorted: sorted)
    p95 = percentile(0.95, ofSorted: sorted)
    p99 = sorted.count >= 100 ? percentile(0.99, ofSorted: sorted) : nil
    medianInterval = MedianInterval(ofSorted: sorted)
    percentileMethod = "R-7, linear between order statistics"
  }

  /// Half the 80 % interval of the median over the median: what sampling tries to bring down; nil when not defined.
  package var relativeSpread: Double? {
    guard let medianInterval, median != 0 else { return nil }
    return (medianInterval.high - medianInterval.low) / 2 / abs(median)
  }
}

/// The value below which the fraction `p` (0...1) of the sorted values lies, linear between neighbours.
///
/// With h = (n-1)p the result is x[⌊h⌋] + (h-⌊h⌋)(x[⌊h⌋+1] - x[⌊h⌋]), counted from 0. NaN for no values.
package func percentile(_ p: Double, ofSorted sorted: [Double]) -> Double {
  guard let last = sorted.last else { return .nan }
  let h = Double(sorted.count - 1) * min(1, max(0, p))
  let below = Int(h.rounded(.down))
  guard below + 1 < sorted.count else { return last }
  return sorted[below] + (h - Double(below)) * (sorted[below + 1] - sorted[below])
}
