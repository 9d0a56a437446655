/// Rows under headings, as wide as their text and no wider than the screen.
struct Table: Sendable {
  struct Column: Sendable {
    let title: String
    /// Numbers stand at the right, words at the left.
    let isNumber: Bool

    static func words(_ title: String) -> Column { Column(title: title, isNumber: false) }
    static func number(_ title: String) -> Column { Column(title: title, isNumber: true) }
  }

  var columns: [Column]
  var rows: [[Cell]] = []

  init(_ columns: [Column], rows: [[Cell]] = []) {
    self.columns = columns
    self.rows = rows
  }

  /// The lines of the table.
  ///
  /// Columns that are empty in every row are left out; long words columns are wrapped.
  func lines(_ screen: Screen, indent: Int = 0) -> [String] {
    let shown = columns.indices.filter { index in rows.contains { !text($0, index).isEmpty } }
    guard !shown.isEmpty else { return [] }
    let widths = widths(shown, room: screen.width - indent)
    let margin = String(repeating: " ", count: indent)
    let hasTitles = shown.contains { !columns[$0].title.isEmpty }
    var lines: [String] = []
    if hasTitles {
      let titles = shown.map { Cell(columns[$0].title, .bold) }
      lines += self.lines(titles, shown, widths, screen).map { margin + $0 }
      let rule = widths.map { String(repeating: screen.glyphs.rule, count: $0) }.joined(separator: "  ")
      lines.append(margin + screen.paint(rule, .dim))
    }
    for row in rows {
      let cells = shown.map { row.indices.contains($0) ? row[$0] : "" }
      lines += self.lines(cells, shown, widths, screen).map { margin + $0 }
    }
    return lines
  }

  private func text(_ row: [Cell], _ index: Int) -> String { row.indices.contains(index) ? row[index].text : "" }

  private func lines(_ cells: [Cell], _ shown: [Int], _ widths: [Int], _ screen: Screen) -> [String] {
    let wrapped = zip(cells, widths).map { Wrapping.lines($0.text, width: $1) }
    let height = wrapped.map(\.count).max() ?? 0
    return (0..<height).map { line in
      var result = ""
      for (position, index) in shown.enumerated() {
        let text = wrapped[position].indices.contains(line) ? wrapped[position][line] : ""
        let isLast = position == shown.count - 1
        let isNumber = columns[index].isNumber
        let space = String(repeating: " ", count: max(0, widths[position] - DisplayWidth.of(text)))
        let painted = screen.paint(text, cells[position].look)
        result += isNumber ? space + painted : painted + (isLast ? "" : space)
        if !isLast { result += "  " }
      }
      while result.last == " " { result.removeLast() }
      return result
    }
  }

  /// Natural widths, with the widest word columns narrowed until the row fits.
  private func widths(_ shown: [Int], room: Int) -> [Int] {
    var widths = shown.map { index in
      ([columns[index].title] + rows.map { text($0, index) })
        .flatMap { $0.split(separator: "\n") }.map { DisplayWidth.of($0) }.max() ?? 0
    }
    var floors = shown.map { index in
      ([columns[index].title] + rows.map { text($0, index) })
        .flatMap { $0.split(whereSeparator: { $0 == " " || $0 == "\n" }) }.map { DisplayWidth.of($0) }.max() ?? 0
    }
    for position in shown.indices where columns[shown[position]].isNumber { floors[position] = widths[position] }
    floors = floors.map { min($0, 32) }
    var excess = widths.reduce(0, +) + 2 * (widths.count - 1) - room
    while excess > 0 {
      let candidates = widths.indices.filter { widths[$0] > max(6, floors[$0]) }
      guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { break }
      widths[widest] -= 1
      excess -= 1
    }
    return widths
  }
}
