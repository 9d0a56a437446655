import JSON

/// A picture of a `MemoryNeed`: one bar for each purpose, and the total.
enum MemoryChart {
  private static let purposes = [
    ("weightBytes", "Weights"), ("kvCacheBytes", "KV cache"), ("recurrentStateBytes", "Recurrent state"),
    ("computeBufferBytes", "Compute buffers"), ("overheadBytes", "Overhead"),
  ]

  static func draw(_ memory: JSON, on page: inout Page) {
    let screen = page.screen
    var rows: [Bars.Row] = []
    for (key, label) in purposes {
      guard let amount = Amount(memory, key), amount.value > 0 else { continue }
      rows.append(Bars.Row(label: label, value: amount.value, text: amount.long(screen)))
    }
    if let total = Amount(memory, "totalBytes") {
      rows.append(Bars.Row(label: "Total", value: total.value, text: total.long(screen), look: .bold))
    }
    page.bars(Bars(rows: rows))
  }
}
