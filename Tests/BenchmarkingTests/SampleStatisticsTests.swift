import Benchmarking
import Testing

@Suite("Statistics of samples")
struct SampleStatisticsTests {
  @Test(
    "percentiles are linear between order statistics",
    arguments: [
      // h = (n-1)p = 3p over 1 2 3 4: p50 at 1.5, p90 at 2.7, p95 at 2.85.
      ([4.0, 1, 3, 2], 2.5, 3.7, 3.85),
      // h = 4p over 10 20 30 40 50: p50 at 2, p90 at 3.6, p95 at 3.8.
      ([10, 20, 30, 40, 50], 30, 46, 48),
      ([7], 7, 7, 7),
    ])
  func percentiles(samples: [Double], p50: Double, p90: Double, p95: Double) throws {
    let statistics = try #require(SampleStatistics(samples))
    #expect(abs(statistics.p50 - p50) < 1e-12)
    #expect(abs(statistics.p90 - p90) < 1e-12)
    #expect(abs(statistics.p95 - p95) < 1e-12)
  }

  @Test("mean, deviation and median absolute deviation agree with arithmetic by hand")
  func moments() throws {
    // Mean 5; squares of distances 9 1 1 1 0 0 4 16 sum to 32, over 7; median 4.5; distances from it, sorted:
    // 0.5 0.5 0.5 0.5 0.5 2.5 2.5 4.5, of which the middle two are 0.5.
    let statistics = try #require(SampleStatistics([2, 4, 4, 4, 5, 5, 7, 9]))
    #expect(statistics.mean == 5)
    #expect(abs((statistics.standardDeviation ?? 0) - (32.0 / 7).squareRoot()) < 1e-12)
    #expect(statistics.median == 4.5)
    #expect(statistics.medianAbsoluteDeviation == 0.5)
    #expect(statistics.minimum == 2 && statistics.maximum == 9)
  }

  @Test("the 99th percentile needs 100 samples")
  func highPercentile() throws {
    #expect(try #require(SampleStatistics((0..<99).map(Double.init))).p99 == nil)
    // h = 99 x 0.99 = 98.01.
    let p99 = try #require(SampleStatistics((0..<100).map(Double.init))?.p99)
    #expect(abs(p99 - 98.01) < 1e-9)
  }

  @Test("samples that differ in the last digits keep their deviation")
  func cancellation() throws {
    let statistics = try #require(SampleStatistics([1e9 + 1, 1e9 + 2, 1e9 + 3]))
    #expect(abs((statistics.standardDeviation ?? 0) - 1) < 1e-9)
  }

  @Test("no finite sample has no statistics", arguments: [[], [Double.nan], [.infinity, .nan]])
  func nothing(samples: [Double]) { #expect(SampleStatistics(samples) == nil) }

  @Test("one sample has no deviation and no interval")
  func one() throws {
    let statistics = try #require(SampleStatistics([3]))
    #expect(statistics.standardDeviation == nil)
    #expect(statistics.medianInterval == nil)
    #expect(statistics.relativeSpread == nil)
  }

  @Test("infinite and undefined samples are left out")
  func finite() throws {
    #expect(try #require(SampleStatistics([1, .nan, 3, .infinity])).count == 2)
  }
}
