import JSON

/// The page of `diagnosis/explain`.
enum DiagnosisPage {
  static func show(_ reply: JSON, all: Bool, on page: inout Page) {
    page.title(reply["summary"]?.string ?? "")
    if let framework = reply["framework"], let name = framework["name"]?.string {
      page.paragraph("Framework: \(name) (\(framework["how"]?.string ?? "")).", .dim)
    }
    let causes = reply["causes"]?.array ?? []
    if !causes.isEmpty { page.heading("Causes, most likely first") }
    for item in causes { cause(item, all: all, on: &page) }
    if !all, causes.contains(where: { $0["standing"]?.string != "found" }) {
      page.paragraph("--all tells more about each.", indent: 2, .dim)
    }
    plan(reply["plan"]?.array ?? [], on: &page)
    if all { details(reply, on: &page) }
    let unexplained = reply["unexplained"]?.array ?? []
    if !unexplained.isEmpty { page.heading("Not explained") }
    for item in unexplained {
      let line = item["line"]?.integer.map { "line \($0): " } ?? ""
      page.point(line + (item["what"]?.string ?? ""))
    }
    page.closing(reply)
  }

  private static func cause(_ cause: JSON, all: Bool, on page: inout Page) {
    let isFound = cause["standing"]?.string == "found"
    let confidence = cause["confidenceFraction"]?.double ?? 0
    let bar = DisplayWidth.pad(Bars.bar(confidence, width: 8, page.screen), to: 8)
    let title = cause["title"]?.string ?? ""
    if isFound || all { page.gap() }
    page.point(
      "\(cause["code"]?.string ?? ""): \(title)", sign: "\(bar) \(isFound ? "found   " : "possible")",
      isFound ? .good : .warning)
    if !isFound, !all { return missing(cause, limit: 1, on: &page) }
    if let why = cause["why"]?.string, why != title { page.paragraph(why, indent: 4) }
    for evidence in cause["evidence"]?.array ?? [] { page.point(text(evidence), indent: 4) }
    missing(cause, limit: .max, on: &page)
    guard all else { return }
    for remedy in cause["remedies"]?.array ?? [] { RulePage.remedy(remedy, on: &page, indent: 4) }
  }

  private static func missing(_ cause: JSON, limit: Int, on page: inout Page) {
    for missing in (cause["missing"]?.array ?? []).prefix(limit) {
      let how = missing["how"]?.string ?? ""
      page.point("To be sure: \(missing["what"]?.string ?? ""). \(how)", sign: page.screen.glyphs.unknown, indent: 4)
    }
  }

  private static func text(_ evidence: JSON) -> String {
    var text = evidence["what"]?.string ?? ""
    if let line = evidence["line"]?.integer, let excerpt = evidence["excerpt"]?.string {
      text += " Line \(line): \(excerpt)"
    }
    if let count = evidence["count"]?.integer, count > 1 { text += " (\(count) times)" }
    return text
  }

  private static func plan(_ steps: [JSON], on page: inout Page) {
    guard !steps.isEmpty else { return }
    page.heading("What to do, in order")
    for step in steps {
      let codes = step["causes"]?.array?.compactMap(\.string).joined(separator: ", ") ?? ""
      page.point(
        (step["action"]?.string ?? "") + (codes.isEmpty ? "" : " [\(codes)]"), sign: "\(step["order"]?.integer ?? 0).",
        .bold)
      for command in step["commands"]?.array ?? [] { page.command(command.string ?? "", indent: 5) }
      if let purpose = step["verify"]?["purpose"]?.string {
        page.point(purpose, sign: page.screen.glyphs.arrow, .dim, indent: 5)
      }
    }
  }

  private static func details(_ reply: JSON, on page: inout Page) {
    let readings = reply["readings"]?.array ?? []
    if !readings.isEmpty {
      page.heading("Numbers in the log")
      let rows = readings.map { reading in
        let field = reading["field"]?.string ?? ""
        let value = reading["value"]?.double.map(Unit(ofKey: field).text) ?? ""
        return [
          Cell(ModelPage.words(field)), Cell(value), Cell(reading["line"]?.description ?? ""),
          Cell(reading["excerpt"]?.string ?? "", .dim),
        ]
      }
      page.table(Table([.words("What"), .number("Value"), .number("Line"), .words("Text")], rows: rows))
    }
    let ruledOut = reply["ruledOut"]?.array ?? []
    if !ruledOut.isEmpty { page.heading("Ruled out") }
    for cause in ruledOut {
      page.point("\(cause["code"]?.string ?? ""): \(cause["title"]?.string ?? "")", sign: page.screen.glyphs.good, .dim)
    }
  }
}
