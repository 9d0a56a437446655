import JSON

/// The page of `advice/recommend`.
enum RecommendationPage {
  static func show(_ reply: JSON, all: Bool, on page: inout Page) {
    let fits = reply["fits"]?.bool
    page.title(reply["summary"]?.string ?? "", fits == false ? .bad : .bold)
    page.gap()
    page.facts(choice(reply))
    expected(reply["expected"], on: &page)
    measured(reply["measured"]?.array ?? [], on: &page)
    let warnings = reply["warnings"]?.array ?? []
    if !warnings.isEmpty { page.heading("Warnings") }
    for warning in warnings { page.point(Sentence.text(warning.string ?? ""), sign: "!", .warning) }
    commands(reply["commands"]?.array ?? [], on: &page)
    reasons("framework", reply["framework"], all: all, on: &page)
    reasons("format", reply["quantization"], all: all, on: &page)
    formats(reply, on: &page)
    frameworks(reply, all: all, on: &page)
    path(reply, all: all, on: &page)
    page.closing(reply, all: all)
  }

  private static func choice(_ reply: JSON) -> [(String, String?)] {
    let machine = reply["machine"]
    let settings = reply["settings"]
    let framework = reply["framework"]
    let format = reply["quantization"]
    let isMeasured = reply["basis"]?.string == "measured"
    return [
      ("Answer from", isMeasured ? "measuring the top formats here" : "facts, nothing was measured"),
      ("Machine", machine.map(self.machine)),
      ("Model", reply["model"].map(model)),
      (
        "Framework",
        framework.map { "\($0["name"]?.string ?? "") \($0["version"]?.string ?? "") on \($0["runsOn"]?.string ?? "")" }
      ),
      ("Format", format.map(self.format)),
      ("Threads", settings.flatMap(threads)),
      ("Context", settings.map(context)),
      (
        "KV cache",
        settings?["cacheFormat"]?.string.map { "\($0): \(settings?["cacheBecause"]?.string ?? "")" }
      ),
      ("Would fit", wouldFit(reply["wouldFit"])),
    ]
  }

  private static func machine(_ machine: JSON) -> String {
    let devices = machine["accelerators"]?.array?.compactMap(\.string) ?? []
    let parts: [String?] = [
      machine["name"]?.string,
      machine["usableCores"]?.integer.map { "\($0) core\($0 == 1 ? "" : "s")" },
      machine["usableMemoryBytes"]?.double.map { "\(Unit.bytes.text($0)) for a model" },
      devices.isEmpty ? nil : devices.joined(separator: " and "),
    ]
    return parts.compactMap(\.self).joined(separator: ", ")
  }

  private static func model(_ model: JSON) -> String {
    let parts: [String?] = [
      model["name"]?.string, model["parameterCount"]?.double.map { "\(ModelPage.count($0)) parameters" },
      model["contextTokens"]?.integer.map { "made for a context of \(Digits.grouped($0))" },
    ]
    return parts.compactMap(\.self).joined(separator: ", ")
  }

  private static func format(_ format: JSON) -> String {
    let parts: [String?] = [
      format["format"]?.string, format["weightBytes"]?["value"]?.double.map { "\(Unit.bytes.text($0)) of weights" },
      format["quality"]?["loss"]?.string.map { "\($0) loss" },
    ]
    return parts.compactMap(\.self).joined(separator: ", ")
  }

  private static func threads(_ settings: JSON) -> String? {
    let because = settings["threadsBecause"]?.string
    guard let threads = settings["threads"]?.integer else { return because }
    let batch = settings["batchThreads"]?.integer
    let prefill = batch == nil || batch == threads ? "" : ", \(batch ?? 0) for prefill"
    return "\(threads)\(prefill)" + (because.map { ": \($0)" } ?? "")
  }

  private static func context(_ settings: JSON) -> String {
    let longest = settings["longestContextTokens"]?.integer.map { " (the longest that fits: \(Digits.grouped($0)))" }
    return "\(Digits.grouped(settings["contextTokens"]?.integer ?? 0)) tokens" + (longest ?? "")
  }

  private static func wouldFit(_ note: JSON?) -> String? {
    guard let note else { return nil }
    let models = note["models"]?.array?.compactMap(\.string).joined(separator: ", ") ?? ""
    let missing = Unit.bytes.text(note["missingBytes"]?.double ?? 0)
    let lack = "\(note["smallestFormat"]?.string ?? "the smallest format") lacks \(missing)"
    return models.isEmpty ? lack : "\(models) (\(lack))"
  }

  private static func expected(_ expected: JSON?, on page: inout Page) {
    let screen = page.screen
    page.heading("What to expect")
    let prompt = expected?["promptTokens"]?.integer.map { " (prompt of \(Digits.grouped($0)))" } ?? ""
    page.facts([
      ("Decode", Amount(expected, "decodeTokensPerSecond")?.long(screen)),
      ("Prefill", Amount(expected, "prefillTokensPerSecond")?.long(screen)),
      ("First token after", Amount(expected, "timeToFirstTokenSeconds").map { $0.long(screen) + prompt }),
      ("Memory", Amount(expected, "memoryBytes")?.long(screen)),
    ])
    for target in expected?["targets"]?.array ?? [] {
      let name = target["target"]?.string ?? ""
      let unit = Unit(ofKey: name)
      let isMet = target["isMet"]?.bool
      let sign = isMet == true ? screen.glyphs.good : isMet == false ? screen.glyphs.bad : screen.glyphs.unknown
      let found = target["expected"]?.double.map { "expected \(unit.text($0))" } ?? "not known"
      let wanted = target["wanted"]?.double.map(unit.text) ?? ""
      page.point(
        "\(ModelPage.words(name)): wanted \(wanted), \(found)", sign: sign,
        isMet == true ? .good : isMet == false ? .bad : .warning)
    }
  }

  private static func measured(_ formats: [JSON], on page: inout Page) {
    guard !formats.isEmpty else { return }
    let first = formats[0]
    page.heading(
      "Decode measured here, \(first["kernelTier"]?.string ?? "?") kernels, \(first["threads"]?.integer ?? 0) threads")
    let screen = page.screen
    page.bars(
      Bars(
        rows: formats.map { format in
          let amount = Amount(format, "decodeTokensPerSecond")
          let ceiling = format["bandwidthCeilingFraction"]?.double.map { ", \(Unit.fraction.text($0)) of bandwidth" }
          let interval = amount?.interval(screen).map { " (\($0))" } ?? ""
          return Bars.Row(
            label: format["format"]?.string ?? "", value: amount?.value ?? 0,
            text: (amount?.short ?? "unknown") + interval + (ceiling ?? ""))
        }))
  }

  private static func commands(_ steps: [JSON], on page: inout Page) {
    guard !steps.isEmpty else { return }
    page.heading("How to run it")
    var last = ""
    for step in steps {
      let purpose = step["purpose"]?.string ?? ""
      if purpose != last { page.point(purpose) }
      last = purpose
      if let command = step["command"]?.string { page.command(command, indent: 4) }
    }
  }
}
