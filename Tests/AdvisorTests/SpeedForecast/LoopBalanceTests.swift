import Testing

@testable import Advisor

@Suite("The balance of a loop")
struct LoopBalanceTests {
  @Test(
    "one piece keeps one thread busy, an even number all, and threads that wait for memory lose less",
    arguments: [
      ([1.0], 1, 2, 2.0, 2.0), ([1, 1], 1, 2, 2, 1), ([2, 1], 1, 2, 2, 4.0 / 3), ([1, 1, 1], 1, 2, 2, 4.0 / 3),
      ([1], 1, 2, 1, 1), ([1, 1, 1, 1], 2, 2, 2, 1), ([1, 1, 1, 1, 1, 1], 4, 2, 2, 4.0 / 3), ([], 1, 2, 2, 1),
      ([3, 1], 1, 1, 1, 1),
    ] as [([Double], Int, Int, Double, Double)])
  func slowdown(sizes: [Double], chunk: Int, threads: Int, speedup: Double, expected: Double) {
    let found = LoopBalance.slowdown(sizes: sizes, chunk: chunk, threads: threads, speedup: speedup)
    #expect(abs(found - expected) < 1e-9)
  }
}
