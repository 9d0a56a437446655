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
  static func csv(_ reply: JSON) -> String { ProgramTable.csv(BenchRow.all(reply).map(\.fields)) }

  /// The table of llama-bench: mean and standard deviation of tokens per second.
  static func markdown(_ reply: JSON) -> String {
    let header = ["model", "size", "params", "backend", "threads", "test", "t/s"]
    let cells = BenchRow.all(reply).map { row in
      [
        row["model_type"]?.string ?? "", Unit.bytes.text(row["model_size"]?.double ?? 0),
        ModelPage.count(row["model_n_params"]?.double ?? 0), "CPU", row["n_threads"]?.description ?? "", row.test,
        "\(Digits.fixed(row["avg_ts"]?.double ?? 0, decimals: 2)) ± "
          + Digits.fixed(row["stddev_ts"]?.double ?? 0, decimals: 2),
      ]
    }
    return ProgramTable.markdown(header, cells, words: [0, 3])
  }
}
