import JSON

/// The page of `calibrate/engine`.
enum CalibrationPage {
  static func show(_ reply: JSON, on page: inout Page) {
    let calibration = reply["calibration"]
    page.title("\(calibration?["engine"]?.string ?? "Engine") \(calibration?["build"]?.string ?? "")")
    page.paragraph("Compared with our own engine on the same small models.")
    page.heading("Rates over ours")
    var table = Table([
      .words("Format"), .number("Threads"), .number("Decode"), .number("Prefill"), .number("Factors"),
    ])
    let factors = calibration?["factors"]?.array ?? []
    for (run, factor) in zip(reply["runs"]?.array ?? [], factors) {
      func rate(_ key: String) -> String { Digits.significant(run[key]?.double ?? 0) }
      func times(_ key: String) -> String { Digits.fixed(factor[key]?.double ?? 0, decimals: 2) }
      table.rows.append([
        Cell(run["fileType"]?.string ?? ""), Cell(String(run["threads"]?.integer ?? 0)),
        Cell("\(rate("decodeTokensPerSecond")) tok/s"), Cell("\(rate("prefillTokensPerSecond")) tok/s"),
        Cell("\(times("decodeFactor")), \(times("prefillFactor"))"),
      ])
    }
    page.table(table)
    page.facts([
      ("Kept in", reply["profile"]?["path"]?.string), ("Took", reply["elapsedSeconds"]?.double.map(Unit.seconds.text)),
    ])
    page.closing(reply)
  }
}
