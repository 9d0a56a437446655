import Benchmarking
import Testing

@Suite("The interval of the median")
struct MedianIntervalTests {
  @Test(
    "takes the narrowest pair of order statistics that covers 80 %",
    arguments: [
      // 1 - 2 P(Bin(n, 1/2) < k); k is the largest with at least 0.8.
      // n = 4: k = 1 gives 1 - 2/16. n = 5: k = 1 gives 1 - 2/32, k = 2 only 1 - 12/32.
      (4, 1, 0.875), (5, 1, 0.9375),
      // n = 7: k = 2 gives 1 - 2(1 + 7)/128 = 0.875, k = 3 only 1 - 2(1 + 7 + 21)/128.
      (7, 2, 0.875),
      // n = 10: k = 3 gives 1 - 2(1 + 10 + 45)/1024 = 0.890625, k = 4 only 1 - 2 x 176/1024 = 0.656.
      (10, 3, 0.890625),
    ])
  func byHand(n: Int, k: Int, coverage: Double) throws {
    let interval = try #require(MedianInterval(ofSorted: (1...n).map(Double.init)))
    #expect(interval.low == Double(k))
    #expect(interval.high == Double(n + 1 - k))
    #expect(abs(interval.coverageFraction - coverage) < 1e-12)
  }

  @Test("three samples cannot cover 80 %: 1 - 2/8 is 75 %", arguments: 0...3)
  func tooFew(n: Int) {
    #expect(MedianInterval(ofSorted: (0..<n).map(Double.init)) == nil)
  }

  @Test("holds for counts whose binomial probabilities underflow")
  func many() throws {
    // The normal approximation puts the ends at n/2 ∓ 1.2816 √n/2: 5000 ∓ 64.
    let interval = try #require(MedianInterval(ofSorted: (1...10_000).map(Double.init)))
    #expect(abs(interval.low - 4936.5) <= 1.5)
    #expect(interval.coverageFraction >= 0.8 && interval.coverageFraction < 0.81)
  }

  @Test("covers the true median as often as it says")
  func coverage() {
    // Uniform samples from a fixed generator; the true median is 1/2. With 4000 trials of coverage 0.890625 the
    // standard error is 0.005, so 4 of them either side.
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    var held = 0
    for _ in 0..<4000 {
      let samples = (0..<10).map { _ -> Double in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Double(state >> 11) / Double(1 << 53)
      }.sorted()
      if let interval = MedianInterval(ofSorted: samples), (interval.low...interval.high).contains(0.5) { held += 1 }
    }
    #expect(abs(Double(held) / 4000 - 0.890625) < 0.02)
  }
}
