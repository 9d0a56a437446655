import JSON

/// The page of `hardware/assess`.
enum MachinePage {
  static func show(_ reply: JSON, all: Bool, on page: inout Page) {
    let machine = reply["machine"]
    page.title(machine?["name"]?.string ?? "Machine")
    page.paragraph(summary(machine))
    page.heading("Processor")
    page.facts(processor(machine?["cpu"]))
    memory(machine, on: &page)
    accelerators(machine, on: &page)
    page.heading("Surroundings")
    page.facts(surroundings(machine))
    toolchains(machine, on: &page)
    if let measurement = reply["measurement"] { measured(measurement, on: &page) }
    notFound(machine, all: all, on: &page)
    page.closing(reply)
  }

  private static func summary(_ machine: JSON?) -> String {
    var parts: [String] = []
    let cpu = machine?["cpu"]
    if let cores = (cpu?["physicalCores"] ?? cpu?["logicalCores"])?.integer {
      parts.append("\(cores) core\(cores == 1 ? "" : "s")")
    }
    if let bytes = machine?["memory"]?["usableBytes"]?.double {
      parts.append("\(Unit.bytes.text(bytes)) of memory for a model")
    }
    let devices = machine?["accelerators"]?.array ?? []
    parts.append(
      devices.isEmpty ? "no accelerator" : devices.compactMap { $0["name"]?.string }.joined(separator: " and "))
    return parts.joined(separator: ", ")
  }

  private static func processor(_ cpu: JSON?) -> [(String, String?)] {
    let isVirtual = cpu?["virtualized"]?.bool == true
    let sets = cpu?["instructionSets"]?.array?.compactMap(\.string) ?? []
    let caches = cpu?["caches"]?.array ?? []
    return [
      ("Model", (cpu?["model"] ?? cpu?["vendor"])?.string),
      ("Architecture", cpu?["architecture"]?.string.map { $0 + (isVirtual ? ", in a virtual machine" : "") }),
      ("Cores", cores(cpu)),
      ("Kinds of core", kinds(cpu?["coreKinds"]?.array ?? [])),
      ("Caches", caches.map(cache).joined(separator: ", ")),
      ("NUMA nodes", cpu?["numaNodes"]?.integer.flatMap { $0 > 1 ? String($0) : nil }),
      ("Instruction sets", sets.joined(separator: " ")),
    ]
  }

  private static func cores(_ cpu: JSON?) -> String? {
    var parts: [String] = []
    if let physical = cpu?["physicalCores"]?.integer { parts.append("\(physical) physical") }
    if let logical = cpu?["logicalCores"]?.integer { parts.append("\(logical) logical") }
    if let allowed = cpu?["affinityCores"]?.integer, allowed != cpu?["logicalCores"]?.integer {
      parts.append("\(allowed) of them for this process")
    }
    if let quota = cpu?["quotaCores"]?.double {
      parts.append("a quota of \(Digits.significant(quota)) by its control group")
    }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  private static func kinds(_ kinds: [JSON]) -> String? {
    guard kinds.count > 1 else { return nil }
    return kinds.map { kind in
      let rate = kind["maximumHertz"]?.double.map { " up to \(Unit.hertz.text($0))" } ?? ""
      return "\(kind["count"]?.integer ?? 0) \(kind["name"]?.string ?? "")\(rate)"
    }.joined(separator: ", ")
  }

  private static func cache(_ cache: JSON) -> String {
    let kind = cache["kind"]?.string ?? ""
    let suffix = kind == "data" ? "d" : kind == "instruction" ? "i" : ""
    let count = cache["instances"]?.integer ?? 1
    let size = Unit.bytes.text(cache["bytes"]?.double ?? 0)
    return "L\(cache["level"]?.integer ?? 0)\(suffix) \(count > 1 ? "\(count) x " : "")\(size)"
  }

  private static func memory(_ machine: JSON?, on page: inout Page) {
    let memory = machine?["memory"]
    page.heading("Memory")
    var rows: [Bars.Row] = []
    func add(_ label: String, _ bytes: JSON?, _ note: String = "", _ look: Look = .accent) {
      guard let bytes = bytes?.double else { return }
      rows.append(Bars.Row(label: label, value: bytes, text: Unit.bytes.text(bytes) + note, look: look))
    }
    add("Total", memory?["totalBytes"], "", .dim)
    add("Available", memory?["availableBytes"])
    let total = memory?["totalBytes"]?.double ?? .infinity
    for limit in memory?["limits"]?.array ?? [] where (limit["bytes"]?.double ?? .infinity) <= total {
      add(ModelPage.words(limit["kind"]?.string ?? "limit"), limit["leftBytes"], " left", .warning)
    }
    let decidedBy =
      memory?["decidedBy"]?.string.map { $0 == "available" ? "" : ", by its \(ModelPage.words($0))" } ?? ""
    add("For a model", memory?["usableBytes"], decidedBy, .good)
    if rows.isEmpty { page.paragraph("Not known.", indent: 2) }
    page.bars(Bars(rows: rows))
    let swap = memory?["swapTotalBytes"]?.double
    page.facts([
      ("Swap", swap.map { $0 > 0 ? Unit.bytes.text($0) : "none" }),
      ("Read bandwidth", Amount(machine, "memoryBandwidthBytesPerSecond")?.long(page.screen)),
    ])
  }

  private static func accelerators(_ machine: JSON?, on page: inout Page) {
    page.heading("Accelerators")
    let devices = machine?["accelerators"]?.array ?? []
    if devices.isEmpty { return page.paragraph("None found.", indent: 2) }
    var table = Table([.words("Kind"), .words("Name"), .number("Memory"), .words("Driver"), .words("Found by")])
    for device in devices {
      let isShared = device["unifiedMemory"]?.bool == true
      let bytes = device["memoryBytes"]?.double.map { Unit.bytes.text($0) + (isShared ? " shared" : "") }
      let capability = device["computeCapability"]?.string.map { " (\($0))" } ?? ""
      table.rows.append([
        Cell((device["kind"]?.string ?? "").uppercased()), Cell((device["name"]?.string ?? "") + capability),
        Cell(bytes ?? "unknown"), Cell(device["driver"]?.string ?? "none"),
        Cell(device["source"]?.string ?? "", .dim),
      ])
    }
    page.table(table)
  }
}
