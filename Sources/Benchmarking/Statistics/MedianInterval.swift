#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// An interval that holds the median of the population with at least a wanted probability, whatever the distribution.
///
/// Each sample lies below the median with probability 1/2, so the number of those that do is binomial, and the k-th
/// smallest and k-th largest of n samples enclose the median with probability 1 - 2 P(Bin(n, 1/2) < k). The interval taken
/// is the narrowest of these with at least the wanted coverage. Samples are taken to be independent.
package struct MedianInterval: Codable, Sendable, Hashable {
  package let low: Double
  package let high: Double
  /// The probability that was reached, at least the one wanted.
  package let coverageFraction: Double

  /// The interval of the median of the sorted samples, or nil when there are too few for the coverage.
  package init?(ofSorted sorted: [Double], coverageFraction wanted: Double = 0.8) {
    let n = sorted.count
    guard n > 0, n < 1 << 30 else { return nil }
    // tail = P(Bin(n, 1/2) < k), summed in the logarithm's domain because 2^-n underflows from n = 1075 on.
    var logProbability = -Double(n) * log(2.0)
    var tail = 0.0
    var best: (k: Int, coverage: Double)?
    var k = 1
    while 2 * k <= n {
      tail += exp(logProbability)
      guard 1 - 2 * tail >= wanted else { break }
      best = (k, 1 - 2 * tail)
      logProbability += log(Double(n - k + 1) / Double(k))
      k += 1
    }
    guard let best else { return nil }
    low = sorted[best.k - 1]
    high = sorted[n - best.k]
    coverageFraction = best.coverage
  }
}
