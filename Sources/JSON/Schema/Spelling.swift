/// Finding the name that was meant among those that exist.
package enum Spelling {
  /// The name among `names` that is nearest to `word`, or nil when none is near.
  package static func nearest(to word: String, among names: some Sequence<String>) -> String? {
    nearest(to: word, among: names, limit: 1).first
  }

  /// The names among `names` that are near to `word`, the nearest first, at most `limit`; of those as near the earlier first.
  ///
  /// Near is a third of the longer name's letters inserted, left out, replaced or swapped with the next, or a name that has
  /// the whole word in it; case does not count.
  package static func nearest(to word: String, among names: some Sequence<String>, limit: Int) -> [String] {
    let wanted = Array(word.lowercased().utf8.prefix(mostBytes))
    guard !wanted.isEmpty else { return [] }
    let part = String(decoding: wanted, as: UTF8.self)
    var near: [(distance: Int, place: Int, name: String)] = []
    for (place, name) in names.enumerated() {
      let folded = name.lowercased()
      let candidate = Array(folded.utf8)
      // Shorter words are in many names by chance.
      if wanted.count >= 3, folded.contains(part) {
        near.append((0, place, name))
        continue
      }
      let distance = distance(wanted, candidate)
      if distance <= max(1, max(candidate.count, wanted.count) / 3) { near.append((distance, place, name)) }
    }
    return near.sorted { ($0.distance, $0.place) < ($1.distance, $1.place) }.prefix(limit).map(\.name)
  }

  /// What is longer is no misspelled name.
  private static let mostBytes = 100

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
