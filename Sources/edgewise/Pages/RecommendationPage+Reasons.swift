import JSON

extension RecommendationPage {
  /// How many reasons are shown when not all are asked for.
  private static let reasonLimit = 5

  static func reasons(_ what: String, _ choice: JSON?, all: Bool, on page: inout Page) {
    guard let choice else { return }
    let reasons = choice["reasons"]?.array ?? []
    guard !reasons.isEmpty else { return }
    let name = (choice["name"] ?? choice["format"])?.string ?? what
    page.heading("Why \(name)")
    let sorted = reasons.sorted { abs($0["weight"]?.double ?? 0) > abs($1["weight"]?.double ?? 0) }
    page.reasons(all ? sorted : Array(sorted.prefix(reasonLimit)))
    if !all, sorted.count > reasonLimit {
      page.paragraph("and \(sorted.count - reasonLimit) more with --all", indent: 4, .dim)
    }
  }

  /// The first format and its runners-up side by side.
  static func formats(_ reply: JSON, on page: inout Page) {
    let all = ([reply["quantization"]] + (reply["otherQuantizations"]?.array ?? [])).compactMap(\.self)
    guard all.count > 1 else { return }
    page.heading("Formats compared")
    var table = Table([
      .words("Format"), .words("Fits"), .number("Weights"), .number("In all"), .words("Loss"), .number("Decode"),
      .number("Score"),
    ])
    for format in all {
      let fits = format["fits"]?.bool
      table.rows.append([
        Cell(format["format"]?.string ?? "", .accent),
        fits == true ? Cell("yes", .good) : fits == false ? Cell("no", .bad) : Cell("?", .dim),
        Cell(page.marked(Amount(format, "weightBytes"))), Cell(page.marked(Amount(format, "totalBytes"))),
        Cell(format["quality"]?["loss"]?.string ?? ""), Cell(page.marked(Amount(format, "decodeTokensPerSecond"))),
        Cell(format["score"]?.double.map { Digits.significant($0, 3) } ?? ""),
      ])
    }
    page.table(table)
  }

  /// The runners-up and those ruled out, each with what speaks most against it.
  static func frameworks(_ reply: JSON, all: Bool, on page: inout Page) {
    let others = reply["otherFrameworks"]?.array ?? []
    if !others.isEmpty {
      page.heading("Other frameworks")
      var table = Table([.words("Framework"), .number("Score"), .words("Runs on"), .words("Against it")])
      for other in others {
        table.rows.append([
          Cell(other["name"]?.string ?? "", .accent), Cell(other["score"]?.double.map { Digits.significant($0) } ?? ""),
          Cell(other["runsOn"]?.string ?? ""), Cell(against(other)),
        ])
      }
      page.table(table)
    }
    let out = reply["ruledOutFrameworks"]?.array ?? []
    guard !out.isEmpty else { return }
    page.heading("Ruled out")
    guard all else {
      let names = out.compactMap { $0["framework"]?.string }.joined(separator: ", ")
      return page.paragraph("\(names) (--all tells why)", indent: 2, .dim)
    }
    for framework in out {
      page.point(
        "\(framework["framework"]?.string ?? ""): \(framework["because"]?.string ?? "") "
          + "[\(framework["code"]?.string ?? "")]", sign: page.screen.glyphs.bad, .dim)
    }
  }

  /// The reason that takes most from the score; without one, the weakest reason for it.
  private static func against(_ candidate: JSON) -> String {
    let reasons = candidate["reasons"]?.array ?? []
    guard let worst = reasons.min(by: { ($0["weight"]?.double ?? 0) < ($1["weight"]?.double ?? 0) }) else { return "" }
    return (worst["weight"]?.double ?? 0) < 0 ? worst["because"]?.string ?? "" : ""
  }

  /// The way through the decision tree, and what is commonly advised and no longer holds.
  static func path(_ reply: JSON, all: Bool, on page: inout Page) {
    let path = reply["path"]?.array ?? []
    if !path.isEmpty {
      page.heading("The way through the decision tree")
      for step in path {
        let consequence = all ? step["consequence"]?.string.map { " \(page.screen.glyphs.arrow) \($0)" } ?? "" : ""
        page.point("\(step["question"]?.string ?? "") \(step["answer"]?.string ?? "")\(consequence)")
      }
    }
    let corrections = reply["corrections"]?.array ?? []
    if !corrections.isEmpty { page.heading("Commonly advised, and no longer so") }
    for note in corrections { page.point(note["note"]?.string ?? "") }
  }
}
