import JSON

extension ModelPage {
  /// The metadata of the file.
  static func metadata(_ reply: JSON, on page: inout Page) {
    let items = reply["metadata"]?.array ?? []
    page.heading("Metadata")
    if items.isEmpty { page.paragraph("None: there is no file.", indent: 2) }
    let rows = items.map { item in
      let count = item["count"]?.integer.map(Digits.grouped)
      let value = item["value"].map { $0.string ?? $0.description }
      let text = [value, count.map { value == nil ? "\($0) elements" : "... (\($0) bytes)" }]
      return [
        Cell(item["key"]?.string ?? ""), Cell(item["type"]?.string ?? "", .dim),
        Cell(text.compactMap(\.self).joined(separator: " ")),
      ]
    }
    page.table(Table([.words("Key"), .words("Type"), .words("Value")], rows: rows))
  }

  /// The tensors of the file.
  static func tensors(_ reply: JSON, on page: inout Page) {
    let items = reply["tensors"]?.array ?? []
    page.heading("Tensors")
    if items.isEmpty { page.paragraph("None: there is no file.", indent: 2) }
    let rows = items.map { item in
      let shape = item["shape"]?.array?.map(\.description) ?? []
      return [
        Cell(item["name"]?.string ?? ""), Cell(shape.joined(separator: " x ")), Cell(item["format"]?.string ?? ""),
        Cell(Unit.bytes.text(item["bytes"]?.double ?? 0)), Cell(item["byteOffset"]?.description ?? ""),
      ]
    }
    page.table(
      Table(
        [.words("Name"), .words("Shape"), .words("Format"), .number("Size"), .number("Offset in bytes")], rows: rows))
  }

  /// The catalogue, as `model/list` gives it.
  static func list(_ reply: JSON, on page: inout Page) {
    let models = reply["models"]?.array ?? []
    if models.isEmpty { return page.paragraph("No model of the catalogue has this in its name.") }
    var table = Table([
      .words("Model"), .number("Parameters"), .number("Context"), .number("Q4_K_M"), .words("License"),
    ])
    for model in models {
      table.rows.append([
        Cell(model["name"]?.string ?? "", .accent), Cell(parameters(model)),
        Cell(Digits.grouped(model["contextTokens"]?.integer ?? 0)), Cell(page.marked(Amount(model, "weightBytes"))),
        Cell(model["license"]?.string ?? ""),
      ])
    }
    page.table(table, indent: 0)
    page.gap()
    page.paragraph("'edgewise inspect NAME' tells more about one.", .dim)
  }

  private static func parameters(_ model: JSON) -> String {
    let all = model["parameterCount"]?.double ?? 0
    let active = model["activeParameterCount"]?.double ?? all
    return active < all ? "\(count(all)), \(count(active)) active" : count(all)
  }

  /// Every known format, by framework and size.
  static func formats(_ reply: JSON, on page: inout Page) {
    page.heading("Every format")
    let sorted = (reply["quantizations"]?.array ?? []).sorted {
      ($0["framework"]?.string ?? "", $0["weightBytes"]?["value"]?.double ?? 0)
        < ($1["framework"]?.string ?? "", $1["weightBytes"]?["value"]?.double ?? 0)
    }
    var table = Table([.words("Framework"), .words("Format"), .number("Weights"), .words("Fits the shape")])
    var last = ""
    for fit in sorted {
      let framework = fit["framework"]?.string ?? ""
      table.rows.append([
        Cell(framework == last ? "" : framework), Cell(fit["format"]?.string ?? ""),
        Cell(page.marked(Amount(fit, "weightBytes"))), verdict(fit),
      ])
      last = framework
    }
    page.table(table)
  }

  private static func verdict(_ fit: JSON) -> Cell {
    switch fit["verdict"]?.string {
    case "fits": Cell("yes", .good)
    case "fallsBack":
      Cell("but for \(Unit.fraction.text(fit["fallbackFraction"]?.double ?? 0)), in a larger format", .warning)
    case "doesNotDivide": Cell("no: choose a smaller group", .bad)
    default: Cell("unknown", .dim)
    }
  }
}
