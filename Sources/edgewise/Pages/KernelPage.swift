import JSON

/// The page of `benchmark/kernels`: a table for each family, with bars of the share of what the machine can do.
enum KernelPage {
  private static let barWidth = 8

  static func show(_ reply: JSON, on page: inout Page) {
    let rows = KernelRow.all(reply)
    page.title("Kernels")
    page.paragraph(summary(reply, rows))
    for ceilings in reply["ceilings"]?.array ?? [] { show(ceilings: ceilings, on: &page) }
    var tables: [(title: String, rows: [KernelRow])] = []
    for row in rows {
      let title = title(row)
      if let last = tables.indices.last, tables[last].title == title {
        tables[last].rows.append(row)
      } else if let place = tables.firstIndex(where: { $0.title == title }) {
        tables[place].rows.append(row)
      } else {
        tables.append((title, [row]))
      }
    }
    for table in tables {
      page.heading(table.title)
      page.table(self.table(table.rows, page.screen))
    }
    let warnings = reply["warnings"]?.array ?? []
    if !warnings.isEmpty { page.heading("Warnings") }
    for warning in warnings { page.point(Sentence.text(warning.string ?? ""), sign: "!", .warning) }
    page.closing(reply)
  }

  private static func summary(_ reply: JSON, _ rows: [KernelRow]) -> String {
    let environment = reply["environment"]
    let parts: [String?] = [
      (environment?["cpuModel"] ?? environment?["machine"])?.string,
      reply["threads"]?.integer.map { "\($0) thread\($0 == 1 ? "" : "s")" },
      environment?["kernelTier"]?.string, "\(rows.count) measurements",
      reply["totalSeconds"]?.double.map { "in \(Unit.seconds.text($0))" },
    ]
    return parts.compactMap(\.self).joined(separator: ", ")
  }

  private static func show(ceilings: JSON, on page: inout Page) {
    let screen = page.screen
    page.heading("What \(ceilings["tier"]?.string ?? "this machine") can do at most")
    page.facts([
      ("Memory", Amount(ceilings, "memoryBandwidthBytesPerSecond")?.long(screen)),
      ("Cache", Amount(ceilings, "cacheBandwidthBytesPerSecond")?.long(screen)),
      ("int8", Amount(ceilings, "int8OperationsPerSecond")?.long(screen)),
      ("f32", Amount(ceilings, "float32OperationsPerSecond")?.long(screen)),
    ])
  }

  /// Families that work on vectors of the cache share a table.
  private static func title(_ row: KernelRow) -> String {
    let name =
      switch row.family {
      case "product": row.isCached ? "Products with weights in cache" : "Products with weights from memory"
      case "attention": "Attention with keys and values from memory"
      default: "Operations on vectors in cache"
      }
    return "\(name), \(row.tier)"
  }

  private static func table(_ rows: [KernelRow], _ screen: Screen) -> Table {
    let cells = rows.map { row in
      let name = row.json["format"]?.string ?? row.familyName
      let isFallback = row.json["isNativeKernel"]?.bool == false
      let share = Unit.fraction.text(row.fraction)
      return [
        Cell(name + (isFallback ? "*" : "")), Cell(row.shape), Cell(row.json["tokens"]?.description ?? ""),
        Cell(row.billions("bytesPerSecond")), Cell(row.billions("operationsPerSecond")),
        Cell(row.json["operationsPerByte"]?["value"]?.double.map { Digits.significant($0, 2) } ?? ""),
        Cell(share, .bold), Cell(row.ceiling),
        Cell(Bars.bar(min(1, max(0, row.fraction)), width: barWidth, screen), .accent),
      ]
    }
    return Table(
      [
        .words(""), .words("Shape"), .number("Tok."), .number("GB/s"), .number("GOP/s"), .number("OP/B"),
        .number("Share"), .words("of"), .words(""),
      ], rows: cells)
  }
}
