import ArgumentParser

/// The formats in which a program may want a benchmark.
enum BenchFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
  /// The reply itself.
  case json
  /// One row of JSON a line, with the field names of llama-bench.
  case jsonl
  /// The same rows without the samples.
  case csv
  /// The table that llama-bench prints.
  case markdown
}
