/// Finds the names that a misspelled one may have meant.
package enum NearestNames {
  /// The names within a third of the length of `name`, or that contain it, the nearest first, at most `limit`.
  package static func nearest(to name: String, among names: [String], limit: Int = 3) -> [String] {
    let wanted = Array(name.lowercased().utf8.prefix(100))
    guard !wanted.isEmpty else { return [] }
    let text = String(decoding: wanted, as: UTF8.self)
    let farthest = max(2, wanted.count / 3)
    var scored: [(distance: Int, name: String)] = []
    for candidate in names {
      let lower = candidate.lowercased()
      if text.count >= 3, lower.contains(text) {
        scored.append((0, candidate))
        continue
      }
      let distance = distance(wanted, Array(lower.utf8))
      if distance <= farthest { scored.append((distance, candidate)) }
    }
    scored.sort { ($0.distance, $0.name) < ($1.distance, $1.name) }
    return scored.prefix(limit).map(\.name)
  }

  /// The Levenshtein distance: insertions, deletions and replacements of bytes.
  static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var row = Array(0...right.count)
    for (i, byte) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in right.enumerated() {
        let replaced = diagonal + (byte == other ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, diagonal + 1, row[j] + 1)
      }
    }
    return row[right.count]
  }
}
