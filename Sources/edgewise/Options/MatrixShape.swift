import ArgumentParser
import JSON

/// A weight matrix as people write it: `2048x8192`, or `64x2048@cache` for one that stays in cache.
struct MatrixShape: ExpressibleByArgument, Sendable, Hashable {
  let rows: Int
  let columns: Int
  let isCached: Bool

  init?(argument: String) {
    let parts = argument.lowercased().split(separator: "@", omittingEmptySubsequences: false)
    let sizes = parts[0].split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count <= 2, sizes.count == 2, let rows = sizes[0], let columns = sizes[1] else { return nil }
    guard parts.count == 1 || ["cache", "memory"].contains(parts[1]) else { return nil }
    self.rows = rows
    self.columns = columns
    isCached = parts.last == "cache"
  }

  var json: JSON {
    [
      "rows": .integer(Int64(rows)), "columns": .integer(Int64(columns)),
      "residence": isCached ? "cache" : "memory",
    ]
  }
}
