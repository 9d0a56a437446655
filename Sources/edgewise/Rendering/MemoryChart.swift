import JSON

/// A picture of a `MemoryForecast`: one bar for each purpose, and the total.
enum MemoryChart {
  static func draw(_ forecast: JSON, on page: inout Page) {
    let screen = page.screen
    var rows: [Bars.Row] = []
    for term in forecast["terms"]?.array ?? [] {
      guard let amount = Amount(term, "bytes"), amount.value > 0 else { continue }
      rows.append(Bars.Row(label: label(term), value: amount.value, text: amount.long(screen)))
    }
    if let total = Amount(forecast, "totalBytes") {
      rows.append(Bars.Row(label: "Total", value: total.value, text: total.long(screen), look: .bold))
    }
    page.bars(Bars(rows: rows))
  }

  /// The name of a purpose, such as `KV cache` or `Compute buffer`.
  static func label(_ term: JSON) -> String {
    let purpose = term["purpose"]?.string ?? ""
    guard purpose != "kvCache" else { return "KV cache" }
    let words = ModelPage.words(purpose)
    return words.prefix(1).uppercased() + words.dropFirst()
  }
}
