import JSON

/// A benchmark as text for programs that read llama-bench's.
enum BenchRows {
  /// One object a line, with the samples.
  static func lines(_ reply: JSON) throws -> String {
    try BenchRow.all(reply).map { row in
      var object = Parameters()
      for (name, value) in row.fields { object.set(name, value) }
      object.set("samples_ns", .array(row.samplesNanoseconds.map { .integer(BenchRow.whole($0)) }))
      object.set("samples_ts", .array(row.samplesRates.map(JSON.number)))
      return try object.json.text() + "\n"
    }.joined()
  }

  /// A heading and a line for each row, every value in quotes, as llama-bench writes it.
  static func csv(_ reply: JSON) -> String {
    let rows = BenchRow.all(reply)
    guard let first = rows.first else { return "" }
    let heading = first.fields.map(\.0).joined(separator: ",")
    let lines = rows.map { row in
      row.fields.map { "\"\(($0.1.string ?? $0.1.description).replacing("\"", with: "\"\""))\"" }
        .joined(separator: ",")
    }
    return ([heading] + lines).joined(separator: "\n") + "\n"
  }

  /// The table of llama-bench: mean and standard deviation of tokens per second.
  static func markdown(_ reply: JSON) -> String {
    let header = ["model", "size", "params", "backend", "threads", "test", "t/s"]
    let cells = BenchRow.all(reply).map { row in
      [
        row["model_type"]?.string ?? "", Unit.bytes.text(row["model_size"]?.double ?? 0),
        ModelPage.count(row["model_n_params"]?.double ?? 0), "CPU", row["n_threads"]?.description ?? "", row.test,
        "\(Digits.fixed(row["avg_ts"]?.double ?? 0, decimals: 2)) ± "
          + Digits.fixed(row["stddev_ts"]?.double ?? 0, decimals: 2),
      ].map { Printable.text($0).replacing("|", with: "\\|") }
    }
    let widths = header.indices.map { index in ([header] + cells).map { DisplayWidth.of($0[index]) }.max() ?? 0 }
    func line(_ values: [String]) -> String {
      let padded = zip(values, widths).enumerated().map { index, pair in
        DisplayWidth.pad(pair.0, to: pair.1, isTrailing: index != 0 && index != 3)
      }
      return "| " + padded.joined(separator: " | ") + " |"
    }
    let rule = widths.enumerated().map { index, width in
      let dashes = String(repeating: "-", count: width - 1)
      return index == 0 || index == 3 ? " \(dashes)- " : " \(dashes): "
    }
    return ([line(header), "|" + rule.joined(separator: "|") + "|"] + cells.map(line)).joined(separator: "\n") + "\n"
  }
}
