/// Free stretches of one buffer that may grow at its end.
struct FreeSpace {
  private struct Gap {
    var offset: Int
    var count: Int
  }

  /// In the order of their offsets; the last has no end.
  private var gaps = [Gap(offset: 0, count: Int.max / 2)]
  /// The highest end of anything taken.
  private(set) var peakBytes = 0

  /// Takes `count` bytes from the smallest gap that has them, the last of equal ones, and returns where they start.
  mutating func take(_ count: Int) -> Int {
    var best = gaps.count - 1
    var least = Int.max
    for index in gaps.indices.dropLast() where gaps[index].count >= count && gaps[index].count <= least {
      best = index
      least = gaps[index].count
    }
    let offset = gaps[best].offset
    gaps[best].offset += count
    gaps[best].count -= count
    if gaps[best].count == 0 { gaps.remove(at: best) }
    peakBytes = max(peakBytes, offset + count)
    return offset
  }

  /// Gives bytes back, joined with the gaps that they touch.
  mutating func give(_ offset: Int, _ count: Int) {
    guard count > 0 else { return }
    let next = gaps.firstIndex { $0.offset > offset } ?? gaps.count
    let touchesBefore = next > 0 && gaps[next - 1].offset + gaps[next - 1].count == offset
    let touchesAfter = next < gaps.count && offset + count == gaps[next].offset
    switch (touchesBefore, touchesAfter) {
    case (true, true):
      gaps[next - 1].count += count + gaps[next].count
      gaps.remove(at: next)
    case (true, false): gaps[next - 1].count += count
    case (false, true):
      gaps[next].offset = offset
      gaps[next].count += count
    case (false, false): gaps.insert(Gap(offset: offset, count: count), at: next)
    }
  }
}
