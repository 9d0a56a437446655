import JSON

/// The page of `model/inspect`.
enum ModelPage {
  static func show(_ reply: JSON, on page: inout Page) {
    let model = reply["model"]
    page.title(model?["name"]?.string ?? "Model")
    page.paragraph(summary(model), .plain)
    page.gap()
    page.facts(facts(model))
    formats(model, on: &page)
    components(model, on: &page)
    graph(model, on: &page)
    frameworks(reply, on: &page)
    // An adapter or a projector takes its own bytes beside its model, and is not quantized for itself.
    if !["adapter", "projector", "imageGeneration"].contains(model?["kind"]?.string) {
      memory(reply, on: &page)
      contexts(reply, on: &page)
      quantizations(reply, on: &page)
    }
    let notes = model?["notes"]?.array ?? []
    if !notes.isEmpty { page.heading("Notes") }
    for note in notes { page.point(Sentence.text(note.string ?? "")) }
    page.closing(reply)
  }

  /// Such as `llama, 8.03 B parameters, 4.58 GiB in Q4_K_M`.
  private static func summary(_ model: JSON?) -> String {
    var parts: [String] = []
    if let kind = model?["kind"]?.string, kind != "unknown" {
      parts.append(words(kind) + (kind.hasSuffix("anguage") ? " model" : ""))
    }
    if let architecture = model?["architecture"]?.string { parts.append(architecture) }
    if let count = model?["parameterCount"]?.double { parts.append("\(Self.count(count)) parameters") }
    if let bytes = model?["fileBytes"]?.double {
      let format = (model?["fileType"] ?? model?["dominantFormat"])?.string.map { " in \($0)" } ?? ""
      parts.append(Unit.bytes.text(bytes) + format)
    }
    return parts.joined(separator: ", ")
  }

  /// Such as `135 M` or `8.03 B`.
  static func count(_ value: Double) -> String {
    for (size, name) in [(1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k")] where value * 1.0005 >= size {
      return "\(Digits.significant(value / size)) \(name)"
    }
    return Digits.significant(value)
  }

  private static func facts(_ model: JSON?) -> [(String, String?)] {
    let shape = model?["hyperparameters"]
    func number(_ key: String) -> String? { shape?[key].map(list) }
    let active = model?["activeParameterCount"]?.double
    let isSparse = active != model?["parameterCount"]?.double
    let tokenizer = model?["tokenizer"]
    return [
      ("Source", model?["source"]?.string),
      ("Family", model?["family"]?.string),
      ("Format", format(model)),
      ("Quantized by", quantization(model?["quantization"])),
      ("Takes in", takesIn(model)),
      ("License", model?["license"]?.string),
      ("Adapter", adapter(model?["adapter"])),
      ("Files", model?["fileCount"]?.integer.flatMap { $0 > 1 ? String($0) : nil }),
      ("Parameters a token uses", isSparse ? active.map(count) : nil),
      ("Layers", number("blockCount")),
      ("Width", number("embeddingLength")),
      ("Feed-forward width", number("feedForwardLength")),
      ("Heads", number("headCount").map { "\($0) query, \(number("headCountKV") ?? "?") key-value" }),
      (
        "Experts",
        number("expertCount").map { "\($0), of which a token uses \(number("expertUsedCount") ?? "?")" + shared(shape) }
      ),
      ("Compressed keys", number("latentRank").map { "\($0) values a layer, for keys and values of all heads" }),
      ("Predicting layers", number("predictionLayerCount")),
      ("Layers that share", number("sharedCacheLayerCount").map { "the last \($0) use the cache of earlier ones" }),
      ("Attention", model?["attention"]?.string.map { words($0) + window(model) }),
      ("Context", shape?["contextTokens"]?.double.map(Unit.tokens.text)),
      ("Vocabulary", (tokenizer?["vocabularySize"] ?? shape?["vocabularySize"])?.double.map(Unit.tokens.text)),
      ("Tokenizer", tokenizer?["kind"]?.string.map { words($0) + chat(tokenizer) }),
    ]
  }

  private static func window(_ model: JSON?) -> String {
    let parts =
      (model?["usesSlidingWindow"]?.bool == true ? ["sliding window"] : [])
      + (model?["hasRecurrentLayers"]?.bool == true ? ["recurrent layers"] : [])
    return parts.isEmpty ? "" : " with " + parts.joined(separator: " and ")
  }

  private static func chat(_ tokenizer: JSON?) -> String {
    tokenizer?["hasChatTemplate"]?.bool == true ? ", with a chat template" : ""
  }

  /// A camel-case name in words: `groupedQuery` is `grouped query`, and `byteLevelBPE` is `byte level BPE`.
  static func words(_ name: String) -> String {
    let letters = Array(name)
    return letters.indices.reduce(into: "") { text, index in
      let letter = letters[index]
      guard letter.isUppercase else { return text.append(letter) }
      let follows = index > 0 && letters[index - 1].isUppercase
      let isShort = follows || (index + 1 < letters.count && letters[index + 1].isUppercase)
      text += (follows ? "" : " ") + (isShort ? String(letter) : letter.lowercased())
    }
  }

  private static func list(_ json: JSON) -> String {
    guard let values = json.array else { return json.integer.map(Digits.grouped) ?? json.description }
    let distinct = Set(values.compactMap(\.integer)).sorted()
    guard let least = distinct.first, let most = distinct.last else { return "" }
    return least == most ? Digits.grouped(least) : "\(Digits.grouped(least)) to \(Digits.grouped(most))"
  }

  private static func formats(_ model: JSON?, on page: inout Page) {
    let formats = model?["formats"]?.array ?? []
    guard !formats.isEmpty else { return }
    page.heading("Tensors by format")
    page.bars(
      Bars(
        rows: formats.map { format in
          let tensors = format["tensors"]?.integer ?? 0
          let bits = Digits.significant(format["bitsPerParameter"]?.double ?? 0)
          let bytes = format["bytes"]?.double ?? 0
          return Bars.Row(
            label: format["format"]?.string ?? "", value: bytes,
            text: "\(Unit.bytes.text(bytes)) in \(tensors) tensor\(tensors == 1 ? "" : "s"), \(bits) bits a parameter")
        }))
  }

  private static func memory(_ reply: JSON, on page: inout Page) {
    guard let memory = reply["memory"] else { return }
    let settings = memory["settings"]
    let context = settings?["contextTokens"]?.integer ?? 0
    let format = settings?["keyFormat"]?.string ?? "f16"
    page.heading("Memory at a context of \(Digits.grouped(context)) tokens in llama.cpp, KV cache in \(format)")
    MemoryChart.draw(memory, on: &page)
    if let token = Amount(reply, "kvBytesPerToken") {
      page.paragraph("One more token of context costs \(token.short).", indent: 2, .dim)
    }
    let unknown = memory["unknown"]?.array?.compactMap(\.string).map(ModelPage.words) ?? []
    if !unknown.isEmpty {
      page.paragraph("Not known, and not in the total: \(unknown.joined(separator: ", ")).", indent: 2, .warning)
    }
  }

  private static func contexts(_ reply: JSON, on page: inout Page) {
    let needs = reply["memoryByContext"]?.array ?? []
    guard needs.count > 1 else { return }
    page.heading("Memory by context")
    let screen = page.screen
    page.bars(
      Bars(
        rows: needs.map { need in
          let total = Amount(need, "totalBytes")
          let range = total?.interval(screen).map { " (\($0))" } ?? ""
          return Bars.Row(
            label: Digits.grouped(need["contextTokens"]?.integer ?? 0), value: total?.value ?? 0,
            text: (total?.short ?? "") + range)
        }))
  }

  /// One line for each framework: how many formats it offers, the smallest and the largest.
  private static func quantizations(_ reply: JSON, on page: inout Page) {
    let fits = reply["quantizations"]?.array ?? []
    guard !fits.isEmpty else { return }
    page.heading("Formats for the weights")
    var table = Table([.words("Framework"), .number("Formats"), .words("From"), .words("To"), .words("Fit the shape")])
    let frameworks = Set(fits.compactMap { $0["framework"]?.string }).sorted()
    for framework in frameworks {
      let offered = fits.filter { $0["framework"]?.string == framework }.sorted { bytes($0) < bytes($1) }
      let fitting = offered.count { $0["verdict"]?.string == "fits" }
      let isAll = fitting == offered.count
      table.rows.append([
        Cell(framework), Cell("\(offered.count)"), size(offered.first, &page),
        size(offered.count > 1 ? offered.last : nil, &page),
        Cell(isAll ? "all" : "\(fitting) of \(offered.count)", isAll ? .good : .warning),
      ])
    }
    page.table(table)
    page.paragraph("--formats shows each of them.", indent: 2, .dim)
  }

  private static func size(_ fit: JSON?, _ page: inout Page) -> Cell {
    guard let fit else { return "" }
    return Cell("\(fit["format"]?.string ?? "") \(page.marked(Amount(fit, "weightBytes")))")
  }

  private static func bytes(_ fit: JSON) -> Double { fit["weightBytes"]?["value"]?.double ?? 0 }
}
