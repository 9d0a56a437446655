import JSON

extension MachinePage {
  static func surroundings(_ machine: JSON?) -> [(String, String?)] {
    let system = machine?["operatingSystem"]
    let storage = machine?["storage"]
    let zones = machine?["thermalZones"]?.array ?? []
    let counters = machine?["energyCounters"]?.array ?? []
    let given = machine?["givenByCaller"]?.array?.compactMap(\.string) ?? []
    let kernel = system?["kernel"]?.string.map { ", kernel \($0)" } ?? ""
    let container = system?["container"]?.string.map { ", in \($0)" } ?? ""
    return [
      ("System", (system?["name"] ?? system?["family"])?.string.map { $0 + kernel + container }),
      ("Storage", storage.flatMap(Self.storage)),
      ("Power", power(machine?["power"])),
      ("Temperature", zones.isEmpty ? nil : zones.prefix(4).map(temperature).joined(separator: ", ")),
      ("Energy counters", counters.isEmpty ? nil : counters.map(counter).joined(separator: ", ")),
      ("Network", machine?["network"]?["connected"]?.bool.map { $0 ? "connected" : "offline" }),
      ("Given by you", given.isEmpty ? nil : given.joined(separator: ", ")),
    ]
  }

  private static func storage(_ storage: JSON) -> String? {
    guard let free = storage["freeBytes"]?.double else { return nil }
    let path = storage["path"]?.string.map { " free in \($0)" } ?? " free"
    let kind = storage["kind"]?.string.map { ", \(ModelPage.words($0))" } ?? ""
    return Unit.bytes.text(free) + path + kind
  }

  private static func power(_ power: JSON?) -> String? {
    guard let source = power?["source"]?.string else { return nil }
    let charge = power?["batteryFraction"]?.double.map { ", battery at \(Unit.fraction.text($0))" } ?? ""
    return source + charge
  }

  private static func temperature(_ zone: JSON) -> String {
    let limit = zone["throttleCelsius"]?.double.map { " (throttles at \(Unit.celsius.text($0)))" } ?? ""
    return "\(zone["name"]?.string ?? "") \(Unit.celsius.text(zone["temperatureCelsius"]?.double ?? 0))\(limit)"
  }

  private static func counter(_ counter: JSON) -> String {
    (counter["name"]?.string ?? "") + (counter["readable"]?.bool == true ? "" : " (not readable)")
  }

  static func toolchains(_ machine: JSON?, on page: inout Page) {
    let found = machine?["toolchains"]?.array ?? []
    guard !found.isEmpty else { return }
    page.heading("Installed")
    let rows = found.map { tool in
      [
        Cell(tool["name"]?.string ?? ""), Cell(tool["version"]?.string ?? "version unknown"),
        Cell(tool["path"]?.string ?? "", .dim),
      ]
    }
    page.table(Table([.words("Name"), .words("Version"), .words("Path")], rows: rows))
  }

  static func notFound(_ machine: JSON?, all: Bool, on page: inout Page) {
    let missing = machine?["notFound"]?.array ?? []
    guard !missing.isEmpty else { return }
    page.heading("Not found")
    guard all else {
      let names = missing.compactMap { $0["what"]?.string }.joined(separator: "; ")
      page.paragraph(names, indent: 2)
      return page.paragraph("--all tells where Edgewise looked.", indent: 2, .dim)
    }
    let rows = missing.map { item in
      let places = item["lookedAt"]?.array?.compactMap(\.string) ?? []
      return [Cell(item["what"]?.string ?? ""), Cell(places.joined(separator: "\n"), .dim)]
    }
    page.table(Table([.words("What"), .words("Looked at")], rows: rows))
  }

  /// What was measured: bandwidth by threads, and the rates of the kernels by format.
  static func measured(_ measurement: JSON, on page: inout Page) {
    let screen = page.screen
    page.heading("Measured: read bandwidth by threads")
    let bandwidths = measurement["readBandwidth"]?.array ?? []
    page.bars(
      Bars(
        rows: bandwidths.map { entry in
          let amount = Amount(entry, "bandwidthBytesPerSecond")
          return Bars.Row(
            label: String(entry["threads"]?.integer ?? 0), value: amount?.value ?? 0, text: amount?.long(screen) ?? "")
        }))
    let tier = measurement["kernelTier"]?.string ?? "?"
    page.heading("Measured: kernels (\(tier), \(measurement["threads"]?.integer ?? 0) threads)")
    var table = Table([
      .words("Format"), .number("Decode"), .number("of bandwidth"), .number("Prefill"), .number("of ceiling"),
      .words("Kernel"),
    ])
    for rate in measurement["formats"]?.array ?? [] {
      table.rows.append([
        Cell(rate["format"]?.string ?? ""), Cell(page.marked(Amount(rate, "decodeBytesPerSecond"))),
        Cell(rate["decodeBandwidthFraction"]?.double.map(Unit.fraction.text) ?? ""),
        Cell(page.marked(Amount(rate, "prefillOperationsPerSecond"))),
        Cell(rate["prefillComputeFraction"]?.double.map(Unit.fraction.text) ?? ""),
        Cell(rate["isNativeKernel"]?.bool == false ? "of a slower tier" : "", .dim),
      ])
    }
    page.table(table)
    page.facts([
      ("int8 ceiling", Amount(measurement, "int8OperationsPerSecond")?.long(screen)),
      ("f32 ceiling", Amount(measurement, "float32OperationsPerSecond")?.long(screen)),
      ("Working set", measurement["workingSetBytes"]?.double.map(Unit.bytes.text)),
      ("Took", measurement["elapsedSeconds"]?.double.map(Unit.seconds.text)),
    ])
  }

  /// The catalogue, as `hardware/list` gives it.
  static func list(_ reply: JSON, on page: inout Page) {
    let platforms = reply["platforms"]?.array ?? []
    if platforms.isEmpty { return page.paragraph("No platform of the catalogue has this in its name.") }
    var table = Table([
      .words("Machine"), .words("What it is"), .words("Class"), .number("Memory"), .number("Bandwidth"),
    ])
    for platform in platforms {
      let sizes = platform["memoryBytesOptions"]?.array?.compactMap(\.double) ?? []
      table.rows.append([
        Cell(platform["name"]?.string ?? "", .accent), Cell(platform["title"]?.string ?? ""),
        Cell(platform["deviceClass"]?.string ?? ""), Cell(range(sizes)),
        Cell(page.marked(Amount(platform, "memoryBandwidthBytesPerSecond"))),
      ])
    }
    page.table(table, indent: 0)
    page.gap()
    page.paragraph("'edgewise assess --machine NAME' tells more about one.", .dim)
  }

  private static func range(_ sizes: [Double]) -> String {
    guard let least = sizes.min(), let most = sizes.max() else { return "" }
    let gibibytes = 1_073_741_824.0
    let last = "\(Digits.fixed(most / gibibytes, decimals: 0)) GiB"
    return least == most ? last : "\(Digits.fixed(least / gibibytes, decimals: 0))-\(last)"
  }
}
