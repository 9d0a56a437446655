/// How evenly a loop's pieces are dealt to threads.
enum LoopBalance {
  /// Beyond so many pieces for each thread the last ones count for little.
  private static let manyPieces = 64

  /// How many times longer than with an even division a loop takes whose pieces are of these sizes, in order, when threads take
  /// `chunk` of them at a time, and all threads together are `speedup` times as fast as one.
  static func slowdown(sizes: [Double], chunk: Int, threads: Int, speedup: Double) -> Double {
    let total = sizes.reduce(0, +)
    guard threads > 1, total > 0, sizes.count < manyPieces * threads * chunk else { return 1 }
    let speedup = min(max(1, speedup), Double(threads))
    var busy = [Double](repeating: 0, count: threads)
    for begin in stride(from: 0, to: sizes.count, by: chunk) {
      let next = busy.indices.min { busy[$0] < busy[$1] } ?? 0
      busy[next] += sizes[begin..<min(begin + chunk, sizes.count)].reduce(0, +)
    }
    // Where fewer threads are still busy each is as fast as it would be alone, or as memory allows.
    busy.sort()
    var (time, done) = (0.0, 0.0)
    for (index, end) in busy.enumerated() {
      let active = Double(threads - index)
      time += (end - done) * max(1, active / speedup)
      done = end
    }
    return max(1, time * speedup / total)
  }
}
