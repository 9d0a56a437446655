import JSON

/// The page of `rule/explain`.
enum RulePage {
  static func show(_ reply: JSON, on page: inout Page) {
    let card = reply["rule"] ?? reply["symptom"] ?? reply
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
    let sources = (card["citations"] ?? card["sources"])?.array?.compactMap(\.string) ?? []
    if !sources.isEmpty { page.heading("Sources") }
    for source in sources { page.point(source) }
    page.steps(reply["next"]?.array ?? [])
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
