import JSON

/// The page of `rule/explain`.
enum RulePage {
  static func show(_ reply: JSON, on page: inout Page) {
    if let codes = reply["codes"]?.array { return list(codes, on: &page) }
    let card = reply["rule"] ?? reply["symptom"] ?? reply["complaint"] ?? reply
    let name = card["name"]?.string.map { "  \($0)" } ?? ""
    page.title((card["code"]?.string ?? "") + name)
    page.paragraph((card["summary"] ?? card["title"])?.string ?? "")
    page.gap()
    page.facts([("Severity", card["severity"]?.string), ("Framework", card["framework"]?.string)])
    if let why = (card["rationale"] ?? card["why"])?.string {
      page.heading("Why")
      page.paragraph(why, indent: 2)
    }
    let remedies = card["remedies"]?.array ?? []
    if !remedies.isEmpty { page.heading("What to do") }
    for item in remedies { remedy(item, on: &page, indent: 2) }
    related(card, on: &page)
    let sources = (card["citations"] ?? card["sources"])?.array?.compactMap(\.string) ?? []
    if !sources.isEmpty { page.heading("Sources") }
    for source in sources { page.point(source) }
    page.steps(reply["next"]?.array ?? [])
  }

  private static func related(_ card: JSON, on page: inout Page) {
    let examples = card["examples"]?.array ?? []
    if !examples.isEmpty { page.heading("Examples") }
    for example in examples {
      page.point("\(example["name"]?.string ?? ""): \(example["expected"]?.string ?? "")")
    }
    let codes = (card["candidates"] ?? card["related"])?.array?.compactMap(\.string) ?? []
    if !codes.isEmpty {
      page.heading("See also")
      page.paragraph(codes.joined(separator: ", "), indent: 2)
    }
  }

  private static func list(_ codes: [JSON], on page: inout Page) {
    let rows = codes.map { code in
      [
        Cell(code["code"]?.string ?? "", .accent), Cell(code["severity"]?.string ?? ""),
        Cell(code["title"]?.string ?? ""),
      ]
    }
    page.table(Table([.words("Code"), .words("Severity"), .words("What it is about")], rows: rows), indent: 0)
    page.gap()
    page.paragraph("'edgewise explain CODE' tells more about one.", .dim)
  }

  /// The steps of a remedy, its commands and how to see that it helped.
  static func remedy(_ remedy: JSON, on page: inout Page, indent: Int) {
    let steps = remedy["steps"]?.array?.compactMap(\.string) ?? []
    let framework = remedy["framework"]?.string.map { "\($0): " } ?? ""
    for step in steps { page.point(framework + step, indent: indent) }
    for command in remedy["commands"]?.array ?? [] { page.command(command.string ?? "", indent: indent + 2) }
    if let verify = remedy["verify"]?.string ?? remedy["verify"]?["purpose"]?.string {
      page.point(verify, sign: page.screen.glyphs.arrow, .dim, indent: indent + 2)
    }
  }
}
