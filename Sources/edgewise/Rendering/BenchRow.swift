import JSON

/// One test of a benchmark under the field names of llama-bench (tools/llama-bench), as far as they mean the same.
struct BenchRow: Sendable {
  /// Names and values in llama-bench's order; `edgewise_` names are our own.
  let fields: [(String, JSON)]
  /// Nanoseconds of each repetition, as llama-bench counts them: a whole prompt, or a whole generation.
  let samplesNanoseconds: [Double]
  /// Tokens per second of each repetition.
  let samplesRates: [Double]
  /// Such as `pp512` or `tg128 @ d4096`.
  let test: String

  /// The rows of a benchmark's reply: prefill and decode, as far as they were measured.
  static func all(_ reply: JSON) -> [BenchRow] {
    var rows: [BenchRow] = []
    if let prefill = reply["prefill"] {
      let seconds = prefill["seconds"]?["samples"]?.array?.compactMap(\.double) ?? []
      rows.append(BenchRow(reply, prefill, promptTokens: prefill["promptTokens"]?.integer ?? 0, seconds: seconds))
    }
    if let decode = reply["decode"] {
      let tokens = decode["generateTokens"]?.integer ?? 0
      let steps = decode["interTokenLatencySeconds"]?["samples"]?.array?.compactMap(\.double) ?? []
      rows.append(BenchRow(reply, decode, generateTokens: tokens, seconds: generations(steps, of: tokens)))
    }
    return rows
  }

  /// The seconds of each whole generation; of an incomplete one what it would have taken.
  static func generations(_ steps: [Double], of tokens: Int) -> [Double] {
    guard tokens > 0, !steps.isEmpty else { return [] }
    let whole = steps.count / tokens
    if whole == 0 { return [steps.reduce(0, +) / Double(steps.count) * Double(tokens)] }
    return (0..<whole).map { steps[($0 * tokens)..<(($0 + 1) * tokens)].reduce(0, +) }
  }

  private init(
    _ reply: JSON, _ measurement: JSON, promptTokens: Int = 0, generateTokens: Int = 0, seconds: [Double]
  ) {
    let model = reply["model"]
    let environment = reply["environment"]
    let depth = measurement["depthTokens"]?.integer ?? 0
    let tokens = Double(promptTokens + generateTokens)
    samplesNanoseconds = seconds.map { ($0 * 1e9).rounded() }
    samplesRates = seconds.map { $0 > 0 ? tokens / $0 : 0 }
    test =
      (promptTokens > 0 ? "pp\(promptTokens)" : "tg\(generateTokens)") + (depth > 0 ? " @ d\(depth)" : "")
    let (time, rate) = (Self.meanAndDeviation(samplesNanoseconds), Self.meanAndDeviation(samplesRates))
    let cells = JSON.string((reply["cacheFormat"]?.string ?? "F16").lowercased())
    let count = model?["parameterCount"]?.double ?? 0
    let type = [model?["architecture"]?.string, ModelPage.count(count), model?["quantization"]?.string]
    fields = [
      ("cpu_info", environment?["cpuModel"] ?? ""),
      ("backends", "CPU"),
      ("model_filename", model?["origin"] ?? ""),
      ("model_type", .string(type.compactMap(\.self).joined(separator: " "))),
      ("model_size", model?["weightBytes"] ?? 0),
      ("model_n_params", model?["parameterCount"] ?? 0),
      ("n_threads", reply["threads"] ?? 0),
      ("type_k", cells),
      ("type_v", cells),
      ("n_gpu_layers", 0),
      ("n_prompt", .integer(Int64(promptTokens))),
      ("n_gen", .integer(Int64(generateTokens))),
      ("n_depth", .integer(Int64(depth))),
      ("test_time", reply["startedAt"] ?? ""),
      ("avg_ns", .integer(Self.whole(time.mean))),
      ("stddev_ns", .integer(Self.whole(time.deviation))),
      ("avg_ts", .number(rate.mean)),
      ("stddev_ts", .number(rate.deviation)),
      ("edgewise_kernel_tier", reply["kernelTier"] ?? ""),
      ("edgewise_weights", model?["source"] ?? ""),
    ]
  }

  /// The mean and the standard deviation of the sample (n - 1), which is 0 for one value.
  private static func meanAndDeviation(_ values: [Double]) -> (mean: Double, deviation: Double) {
    guard !values.isEmpty else { return (0, 0) }
    let mean = values.reduce(0, +) / Double(values.count)
    guard values.count > 1 else { return (mean, 0) }
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, (squares / Double(values.count - 1)).squareRoot())
  }

  /// The value as an integer; 0 for what is no number of nanoseconds.
  static func whole(_ value: Double) -> Int64 { abs(value) < 9e18 ? Int64(value) : 0 }

  subscript(name: String) -> JSON? { fields.first { $0.0 == name }?.1 }
}
