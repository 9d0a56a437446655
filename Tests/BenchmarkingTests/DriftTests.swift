import Benchmarking
import Testing

@Suite("Drift")
struct DriftTests {
  @Test("a straight line has its own slope and no chance of being accidental")
  func line() throws {
    // 100 101 ... 109: slope 1, change 9 over the median 104.5. All 45 pairs rise: z = 44 / √(10·9·25/18) = 3.935,
    // two-sided 8.3e-5. Thirds of three: medians 101 and 108.
    let drift = try #require(Drift((0..<10).map { 100 + Double($0) }))
    #expect(abs(drift.changeFraction - 9 / 104.5) < 1e-12)
    #expect(abs(drift.lastThirdOverFirstFraction - (108.0 / 101 - 1)) < 1e-12)
    #expect(abs(drift.probability - 8.3e-5) < 1e-6)
    #expect(drift.isDrifting)
  }

  @Test("a constant does not drift, although all pairs are ties")
  func constant() throws {
    let drift = try #require(Drift(Array(repeating: 5, count: 20)))
    #expect(drift.changeFraction == 0 && drift.probability == 1 && !drift.isDrifting)
  }

  @Test("one outlier is no drift")
  func outlier() throws {
    let drift = try #require(Drift([10, 10.1, 9.9, 10, 10.1, 9.9, 10, 10.1, 9.9, 10, 10, 90]))
    #expect(!drift.isDrifting)
  }

  @Test("a certain but small trend is not worth a warning")
  func small() throws {
    let drift = try #require(Drift((0..<30).map { 1000 + Double($0) }))
    #expect(drift.probability < 1e-6 && !drift.isDrifting)
  }

  @Test("long runs are reduced to block medians and keep their trend")
  func long() throws {
    let drift = try #require(Drift((0..<30_000).map { 100 + Double($0) / 1000 }))
    #expect(drift.isDrifting)
    #expect(abs(drift.changeFraction - 30.0 / 115) < 0.002)
  }

  @Test(
    "too few samples, or a median of zero, tell nothing",
    arguments: [[1, 2, 3, 4, 5, 6, 7], Array(repeating: 0, count: 9)])
  func unknown(samples: [Double]) { #expect(Drift(samples) == nil) }
}
