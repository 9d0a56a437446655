import JSON

/// The page of `benchmark/run`.
enum BenchmarkPage {
  static func show(_ reply: JSON, on page: inout Page) {
    let model = reply["model"]
    page.title("\(model?["name"]?.string ?? "Model"), \(model?["quantization"]?.string ?? "unknown format")")
    page.paragraph(summary(reply))
    if let standIn = model?["standIn"]?.string { page.paragraph(standIn, .warning) }
    rates(reply, on: &page)
    ceilings(reply, on: &page)
    latencies(reply["decode"]?["interTokenLatencySeconds"], on: &page)
    memory(reply["memory"], on: &page)
    page.heading("Conditions")
    page.facts(conditions(reply))
    let warnings = reply["warnings"]?.array ?? []
    if !warnings.isEmpty { page.heading("Warnings") }
    for warning in warnings { page.point(Sentence.text(warning.string ?? ""), sign: "!", .warning) }
    let notes = model?["notes"]?.array ?? []
    if !notes.isEmpty { page.heading("Notes") }
    for note in notes { page.point(Sentence.text(note.string ?? "")) }
    page.closing(reply)
  }

  private static func summary(_ reply: JSON) -> String {
    let model = reply["model"]
    let isMade = model?["source"]?.string == "synthetic"
    let parts: [String?] = [
      model?["parameterCount"]?.double.map { "\(ModelPage.count($0)) parameters" },
      model?["weightBytes"]?.double.map(Unit.bytes.text),
      isMade ? "weights made up in the model's shape" : "weights of the file",
      reply["threads"]?.integer.map { "\($0) thread\($0 == 1 ? "" : "s")" },
      reply["kernelTier"]?.string.map { "\($0) kernels" },
      reply["cacheFormat"]?.string.map { "KV cache in \($0)" },
    ]
    return parts.compactMap(\.self).joined(separator: ", ")
  }

  private static func rates(_ reply: JSON, on page: inout Page) {
    page.heading("Rates")
    let screen = page.screen
    var rows: [[Cell]] = []
    func add(_ name: String, _ test: String, _ amount: Amount?) {
      guard let amount else { return }
      rows.append([Cell(name), Cell(test, .dim), Cell(amount.long(screen), .bold)])
    }
    if let prefill = reply["prefill"] {
      add("Prefill", test("pp", prefill["promptTokens"], prefill), Amount(prefill, "tokensPerSecond"))
    }
    if let decode = reply["decode"] {
      add("Decode", test("tg", decode["generateTokens"], decode), Amount(decode, "tokensPerSecond"))
    }
    add("First token after", "", Amount(reply, "timeToFirstTokenSeconds"))
    page.table(Table([.words(""), .words(""), .words("")], rows: rows))
  }

  private static func test(_ kind: String, _ tokens: JSON?, _ measurement: JSON) -> String {
    let depth = measurement["depthTokens"]?.integer ?? 0
    return "\(kind)\(tokens?.integer ?? 0)" + (depth > 0 ? " @ d\(depth)" : "")
  }

  /// How much of what the machine can do was reached.
  private static func ceilings(_ reply: JSON, on page: inout Page) {
    var rows: [Bars.Row] = []
    func add(_ label: String, _ fraction: JSON?, _ ceiling: Amount?) {
      guard let fraction = fraction?.double else { return }
      let of = ceiling.map { " of \($0.short)" } ?? ""
      rows.append(Bars.Row(label: label, value: fraction, text: Unit.fraction.text(fraction) + of))
    }
    let ceilings = reply["ceilings"]
    add("Compute (prefill)", reply["prefill"]?["computeCeilingFraction"], Amount(ceilings, "operationsPerSecond"))
    add(
      "Bandwidth (decode)", reply["decode"]?["bandwidthCeilingFraction"],
      Amount(ceilings, "readBandwidthBytesPerSecond"))
    guard !rows.isEmpty else { return }
    page.heading("Of what the machine can do, measured in the same sitting")
    page.bars(Bars(rows: rows, full: max(1, rows.map(\.value).max() ?? 1)))
  }

  private static func latencies(_ run: JSON?, on page: inout Page) {
    guard let statistics = run?["statistics"] else { return }
    page.heading("From token to token")
    let names = [
      ("minimum", "least"), ("p50", "median"), ("p90", "p90"), ("p95", "p95"), ("p99", "p99"), ("maximum", "most"),
    ]
    page.bars(
      Bars(
        rows: names.compactMap { key, label in
          statistics[key]?.double.map { Bars.Row(label: label, value: $0, text: Unit.seconds.text($0)) }
        }))
    let samples = run?["samples"]?.array?.compactMap(\.double) ?? []
    let picture = Histogram.line(samples, bins: min(40, page.screen.textWidth - 24), page.screen)
    let deviation = statistics["medianAbsoluteDeviation"]?.double.map(Unit.seconds.text)
    page.facts([
      ("Spread", picture.isEmpty ? nil : "|\(picture)|"), ("Deviation (MAD)", deviation),
      ("Samples", statistics["count"]?.integer.map(Digits.grouped)),
      ("Warm-up", run?["warmUpSamples"]?.array.map { "\($0.count) samples left out" }),
      ("Stopped", run?["stopReason"]?.string.map(stop)),
    ])
  }

  private static func stop(_ reason: String) -> String {
    switch reason {
    case "targetSpreadReached": "the spread reached the target"
    case "maximumSamplesReached": "after as many samples as were asked for"
    case "timeLimitReached": "by the time limit"
    default: ModelPage.words(reason)
    }
  }

  private static func memory(_ memory: JSON?, on page: inout Page) {
    let names = [
      ("weightBytes", "Weights"), ("cacheBytes", "KV cache"), ("scratchBytes", "Buffers"),
      ("peakResidentBytes", "Peak of the process"),
    ]
    let rows = names.compactMap { key, label in
      memory?[key]?.double.map {
        Bars.Row(label: label, value: $0, text: Unit.bytes.text($0), look: key == "peakResidentBytes" ? .bold : .accent)
      }
    }
    guard !rows.isEmpty else { return }
    page.heading("Memory")
    page.bars(Bars(rows: rows))
  }

  private static func conditions(_ reply: JSON) -> [(String, String?)] {
    let environment = reply["environment"]
    let disturbance = environment?["disturbance"]
    return [
      ("Machine", (environment?["cpuModel"] ?? environment?["machine"])?.string),
      ("Started", reply["startedAt"]?.string),
      ("Governor", environment?["frequencyGovernor"]?.string),
      ("Clock", change(environment, "frequencyHertz", .hertz)),
      ("Temperature", change(environment, "hottestCelsius", .celsius)),
      ("Load", change(environment, "loadAverage", .count)),
      ("Throttling", disturbance?["throttling"]?.string),
      ("Loading", reply["loadSeconds"]?.double.map { Unit.seconds.text($0) + loading(reply["model"]) }),
      ("All together", reply["totalSeconds"]?.double.map(Unit.seconds.text)),
    ]
  }

  private static func loading(_ model: JSON?) -> String {
    guard let placement = model?["weights"]?.string else { return "" }
    guard let copying = model?["weightCopySeconds"]?.double else { return ", weights \(placement)" }
    return ", of which \(Unit.seconds.text(copying)) copied the weights"
  }

  private static func change(_ environment: JSON?, _ key: String, _ unit: Unit) -> String? {
    guard let before = environment?[key + "Before"]?.double, let after = environment?[key + "After"]?.double else {
      return nil
    }
    return "\(unit.text(before)) before, \(unit.text(after)) after"
  }
}
