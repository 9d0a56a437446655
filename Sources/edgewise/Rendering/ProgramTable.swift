import JSON

/// Tables for programs: comma-separated values and markdown.
enum ProgramTable {
  /// The names of the first row as a heading and a line for each row, every value in quotes; empty without rows.
  static func csv(_ rows: [[(String, JSON)]]) -> String {
    guard let first = rows.first else { return "" }
    let heading = first.map(\.0).joined(separator: ",")
    let lines = rows.map { row in
      row.map { "\"\(($0.1.string ?? ($0.1 == .null ? "" : $0.1.description)).replacing("\"", with: "\"\""))\"" }
        .joined(separator: ",")
    }
    return ([heading] + lines).joined(separator: "\n") + "\n"
  }

  /// One object a line.
  static func lines(_ rows: [[(String, JSON)]]) throws -> String {
    try rows.map { row in
      var object = Parameters()
      for (name, value) in row { object.set(name, value) }
      return try object.json.text() + "\n"
    }.joined()
  }

  /// A table in markdown, padded so that it reads as it is; `words` are the columns that stand at the left.
  static func markdown(_ header: [String], _ rows: [[String]], words: Set<Int>) -> String {
    let cells = rows.map { row in row.map { Printable.text($0).replacing("|", with: "\\|") } }
    let widths = header.indices.map { index in ([header] + cells).map { DisplayWidth.of($0[index]) }.max() ?? 0 }
    func line(_ values: [String]) -> String {
      let padded = zip(values, widths).enumerated().map { index, pair in
        DisplayWidth.pad(pair.0, to: pair.1, isTrailing: !words.contains(index))
      }
      return "| " + padded.joined(separator: " | ") + " |"
    }
    let rule = widths.enumerated().map { index, width in
      let dashes = String(repeating: "-", count: width - 1)
      return words.contains(index) ? " \(dashes)- " : " \(dashes): "
    }
    return ([line(header), "|" + rule.joined(separator: "|") + "|"] + cells.map(line)).joined(separator: "\n") + "\n"
  }
}
