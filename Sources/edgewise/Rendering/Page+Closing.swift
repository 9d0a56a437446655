import JSON

extension Page {
  /// What every advising reply ends in: what was taken for granted, and what to do next.
  ///
  /// Without `all` a long list of assumptions ends after the first few.
  mutating func closing(_ reply: JSON, all: Bool = true) {
    let assumptions = reply["assumptions"]?.array ?? []
    if !assumptions.isEmpty { heading("Taken for granted") }
    let limit = all ? assumptions.count : 3
    for assumption in assumptions.prefix(limit) {
      let parts = [assumption["what"]?.string, assumption["effect"]?.string].compactMap(\.self)
      point(parts.map(Sentence.text).joined(separator: " "))
    }
    if assumptions.count > limit { paragraph("and \(assumptions.count - limit) more with --all", indent: 4, .dim) }
    steps(reply["next"]?.array ?? [])
  }

  /// Commands and calls to run, each with its purpose.
  mutating func steps(_ steps: [JSON], _ title: String = "Next") {
    if !steps.isEmpty { heading(title) }
    for step in steps {
      point(step["purpose"]?.string ?? "")
      if let command = step["command"]?.string {
        self.command(command, indent: 4)
      } else if let method = step["method"]?.string {
        self.command(ShellText.call(method, step["params"]), indent: 4)
      }
    }
  }

  /// Reasons for and against, strongest first.
  mutating func reasons(_ reasons: [JSON], indent: Int = 2) {
    let sorted = reasons.sorted { abs($0["weight"]?.double ?? 0) > abs($1["weight"]?.double ?? 0) }
    for reason in sorted {
      let weight = reason["weight"]?.double ?? 0
      let sign = weight > 0 ? screen.glyphs.good : weight < 0 ? screen.glyphs.bad : screen.glyphs.bullet
      let code = reason["code"]?.string.map { " [\($0)]" } ?? ""
      point(
        (reason["because"]?.string ?? "") + code, sign: sign, weight > 0 ? .good : weight < 0 ? .bad : .plain,
        indent: indent)
    }
  }
}
