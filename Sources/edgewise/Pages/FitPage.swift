import JSON

/// The page of `model/fit`.
enum FitPage {
  static func show(_ reply: JSON, on page: inout Page) {
    page.title("\(reply["model"]?.string ?? "Model") on \(reply["machine"]?.string ?? "?")")
    let usable = reply["usableMemoryBytes"]?.double.map { ", \(Unit.bytes.text($0)) of memory for a model" } ?? ""
    page.paragraph(
      "\(reply["engine"]?.string ?? "?"), \(reply["threads"]?.integer ?? 0) threads, a prompt of "
        + "\(reply["promptTokens"]?.integer ?? 0) tokens\(usable)")
    let recommended = reply["recommended"]?.integer
    var context: Int?
    var table = table()
    for (index, row) in (reply["rows"]?.array ?? []).enumerated() {
      let own = row["contextTokens"]?.integer.map { Int($0) }
      if own != context {
        if context != nil { page.table(table) }
        table = Self.table()
        context = own
        page.heading("Context of \(own ?? 0) tokens")
      }
      table.rows.append(cells(row, isBest: recommended.map { Int($0) } == index, &page))
    }
    if context != nil { page.table(table) }
    page.heading(recommended == nil ? "Nothing to recommend" : "Recommended")
    page.paragraph(reply["because"]?.string ?? "", indent: 2)
    page.closing(reply)
  }

  private static func table() -> Table {
    Table([
      .words(""), .words("Format"), .number("Memory"), .number("1st token"), .number("Decode"), .words("Loss"),
      .words("Verdict"),
    ])
  }

  private static func cells(_ row: JSON, isBest: Bool, _ page: inout Page) -> [Cell] {
    let look: Look =
      switch row["verdict"]?.string {
      case "fits": .good
      case "tight": .warning
      case "tooLarge": .bad
      default: .dim
      }
    return [
      Cell(isBest ? "*" : "", .accent), Cell(row["format"]?.string ?? "", isBest ? .accent : .plain),
      Cell(Amount(row, "memoryBytes").map { Unit.bytes.text($0.value) } ?? ""),
      Cell(page.marked(Amount(row, "timeToFirstTokenSeconds"))),
      Cell(page.marked(Amount(row, "decodeTokensPerSecond"))),
      Cell(row["quality"]?["loss"]?.string ?? ""), Cell(ModelPage.words(row["verdict"]?.string ?? ""), look),
    ]
  }
}
