/// Finding the name that was meant among those that exist.
package enum Spelling {
  /// The name among `names` that is nearest to `word`, or nil when none is near.
  ///
  /// Near is a third of the longer name's letters inserted, left out, replaced or swapped with the next; case does not count.
  package static func nearest(to word: String, among names: some Sequence<String>) -> String? {
    let wanted = folded(word)
    guard !wanted.isEmpty, wanted.count <= 64 else { return nil }
    var best: (name: String, distance: Int)?
    for name in names {
      let candidate = folded(name)
      let limit = max(1, max(candidate.count, wanted.count) / 3)
      let distance = distance(wanted, candidate)
      if distance <= limit, distance < best?.distance ?? .max { best = (name, distance) }
    }
    return best?.name
  }

  private static func folded(_ text: String) -> [UInt8] { Array(text.lowercased().utf8) }

  /// The optimal string alignment distance.
  private static func distance(_ first: [UInt8], _ second: [UInt8]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...second.count)
    for (row, letter) in first.enumerated() {
      var current = [row + 1]
      for (column, other) in second.enumerated() {
        var cost = min(last[column] + (letter == other ? 0 : 1), last[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, letter == second[column - 1], first[row - 1] == other {
          cost = min(cost, beforeLast[column - 1] + 1)
        }
        current.append(cost)
      }
      (beforeLast, last) = (last, current)
    }
    return last[second.count]
  }
}
