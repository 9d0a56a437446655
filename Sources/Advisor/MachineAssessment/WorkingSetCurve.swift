/// The read bandwidth by working set, and what it says of caches.
package struct WorkingSetCurve: Sendable, Hashable {
  /// By bytes, fewest first.
  let rates: [MachineMeasurement.WorkingSetRate]

  package init(_ rates: [MachineMeasurement.WorkingSetRate]) {
    self.rates = rates.filter { $0.workingSetBytes > 0 && $0.bandwidthBytesPerSecond > 0 }
      .sorted { $0.workingSetBytes < $1.workingSetBytes }
  }

  /// A rate belongs to a level when it is no less than this share of the level's best.
  private static let sameLevelFraction = 0.75

  /// The levels, fastest first: runs of at least three sizes whose rates are alike, the last of them main memory.
  package var levels: [MachineMeasurement.MemoryLevel] {
    var levels: [MachineMeasurement.MemoryLevel] = []
    var begin = 0
    while begin < rates.count {
      var best = rates[begin].bandwidthBytesPerSecond
      var end = begin + 1
      while end < rates.count, rates[end].bandwidthBytesPerSecond >= Self.sameLevelFraction * best {
        best = max(best, rates[end].bandwidthBytesPerSecond)
        end += 1
      }
      let isLast = end == rates.count
      // One or two sizes between two levels are the way from one to the other.
      if end - begin > 2 || isLast {
        let sum = rates[begin..<end].reduce(0) { $0 + $1.bandwidthBytesPerSecond }
        levels.append(
          MachineMeasurement.MemoryLevel(
            capacityBytes: isLast ? nil : rates[end - 1].workingSetBytes,
            bandwidthBytesPerSecond: sum / Double(end - begin)))
      }
      begin = end
    }
    return levels
  }

  /// The part of a working set that caches hold, as the bandwidth shows it: 1 where it is the last cache's, 0 where memory's.
  package func cachedFraction(workingSetBytes: Double) -> Double {
    guard let memory = rates.last?.bandwidthBytesPerSecond, let cache = cacheBandwidth, cache > 1.2 * memory else {
      return 0
    }
    let rate = min(max(bandwidth(workingSetBytes: workingSetBytes), memory), cache)
    // Of two rates for two parts: 1 / rate = part / cache + (1 - part) / memory.
    return (1 / memory - 1 / rate) / (1 / memory - 1 / cache)
  }

  /// The rate of the largest cache; nil when the curve shows none.
  private var cacheBandwidth: Double? {
    let levels = levels
    return levels.count > 1 ? levels[levels.count - 2].bandwidthBytesPerSecond : nil
  }

  /// The rate for a working set, between measured ones linear in the logarithm of the size.
  func bandwidth(workingSetBytes: Double) -> Double {
    guard let first = rates.first, let last = rates.last else { return 0 }
    guard workingSetBytes > Double(first.workingSetBytes) else { return first.bandwidthBytesPerSecond }
    guard workingSetBytes < Double(last.workingSetBytes) else { return last.bandwidthBytesPerSecond }
    let upper = rates.firstIndex { Double($0.workingSetBytes) >= workingSetBytes } ?? rates.count - 1
    let (a, b) = (rates[upper - 1], rates[upper])
    let step = Logarithm.base2(Double(b.workingSetBytes) / Double(a.workingSetBytes))
    let part = Logarithm.base2(workingSetBytes / Double(a.workingSetBytes)) / step
    return a.bandwidthBytesPerSecond + part * (b.bandwidthBytesPerSecond - a.bandwidthBytesPerSecond)
  }
}
