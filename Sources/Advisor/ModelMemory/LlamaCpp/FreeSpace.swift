/// Free stretches of one buffer that may grow at its end.
struct FreeSpace {
  private struct Gap {
    var offset: Int
    var count: Int
    var end: Int { offset + count }
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

  /// Gives bytes back, joined with a gap that they touch, and that with the next.
  ///
  /// Nothing may be given back too: as in ggml it leaves a gap without bytes, which keeps its neighbors apart.
  mutating func give(_ offset: Int, _ count: Int) {
    for index in gaps.indices {
      if gaps[index].end == offset {
        gaps[index].count += count
        if index + 1 < gaps.count, gaps[index].end == gaps[index + 1].offset {
          gaps[index].count += gaps[index + 1].count
          gaps.remove(at: index + 1)
        }
        return
      }
      if offset + count == gaps[index].offset {
        gaps[index].offset = offset
        gaps[index].count += count
        if index > 0, gaps[index - 1].end == offset {
          gaps[index - 1].count += gaps[index].count
          gaps.remove(at: index)
        }
        return
      }
    }
    gaps.insert(Gap(offset: offset, count: count), at: gaps.firstIndex { $0.offset >= offset } ?? gaps.count)
  }
}
