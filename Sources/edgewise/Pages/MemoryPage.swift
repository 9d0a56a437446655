import JSON

/// The page of `model/memory`.
enum MemoryPage {
  static func show(_ reply: JSON, on page: inout Page) {
    let forecast = reply["forecast"]
    let settings = forecast?["settings"]
    let context = settings?["contextTokens"]?.integer ?? 0
    page.title(reply["model"]?.string ?? "Model")
    let format = reply["format"]?.string.map { " in \($0)" } ?? ""
    page.paragraph(
      "\(reply["architecture"]?.string ?? "")\(format), \(forecast?["engine"]?.string ?? ""), a context of "
        + "\(Digits.grouped(context)) tokens", .plain)
    page.gap()
    var table = Table([.words("For"), .number("Memory"), .words("Formula")])
    for term in forecast?["terms"]?.array ?? [] {
      table.rows.append([
        Cell(ModelPage.words(term["purpose"]?.string ?? "")), Cell(page.marked(Amount(term, "bytes"))),
        Cell(term["formula"]?.string ?? "", .dim),
      ])
    }
    table.rows.append(["total", Cell(page.marked(Amount(forecast, "totalBytes"))), ""])
    page.table(table)
    let unknown = forecast?["unknown"]?.array?.compactMap(\.string).map(ModelPage.words) ?? []
    if !unknown.isEmpty {
      page.paragraph("Not known, and not in the total: \(unknown.joined(separator: ", ")).", indent: 2, .warning)
    }
    fit(reply["fit"], on: &page)
    contexts(reply, on: &page)
    page.closing(reply)
  }

  private static func fit(_ fit: JSON?, on page: inout Page) {
    guard let fit else { return }
    page.heading("What fits")
    let budget = fit["budgetBytes"]?.double ?? 0
    let verdict = fit["fits"]?.bool == true ? "fits" : "does not fit"
    page.point("It \(verdict) into \(Unit.bytes.text(budget)) (\(fit["budgetSource"]?.string ?? "")).")
    let largest = fit["largestContextTokens"]?.integer
    page.point(largest.map { "Largest context: \(Digits.grouped($0)) tokens." } ?? "No context fits.")
    if let best = fit["bestFormat"]?.string, let bytes = fit["bestFormatBytes"]?.double {
      page.point("Best format at this context: \(best), \(Unit.bytes.text(bytes)).")
    }
  }

  private static func contexts(_ reply: JSON, on page: inout Page) {
    let rows = reply["byContext"]?.array ?? []
    guard rows.count > 1 else { return }
    page.heading("Memory by context")
    page.bars(
      Bars(
        rows: rows.map { row in
          let bytes = row["totalBytes"]?.double ?? 0
          return Bars.Row(
            label: Digits.grouped(row["contextTokens"]?.integer ?? 0), value: bytes, text: Unit.bytes.text(bytes))
        }))
  }
}
