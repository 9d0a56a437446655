import Hardware
package import Kernels
package import TensorFormats

/// A measurement of kernels that was checked as far as can be told without running it.
package struct KernelBenchmarkPlan: Sendable {
  package var tiers: [KernelSet]
  package var formats: [TensorFormat]
  package var families: [KernelFamily]
  package var tokens: [Int]
  package var shapes: [KernelShape]
  package var threads: Int
  package var secondsPerMeasurement: Double
  package var workingSetBytes: Int
  package var startedAtUnixSeconds: Int
  package var warnings: [String] = []

  /// The numbers of positions in the cache at which attention is measured.
  package static let depths = [1024, 4096]

  /// How many rows the report will have.
  package var measurements: Int {
    let each = families.reduce(0) { sum, family in
      switch family {
      case .product: sum + formats.count * shapes.count * tokens.count
      case .attention: sum + CellFormat.allCases.count * Self.depths.count * tokens.count
      default: sum + 1
      }
    }
    return each * tiers.count
  }
}

extension Advisor {
  /// Checks a request: formats and tiers exist and run here, columns fill blocks, and memory suffices.
  package func planKernels(_ request: KernelBenchmarkRequest) throws(Refusal) -> KernelBenchmarkPlan {
    let machine = MachineProbe().describe()
    var plan = KernelBenchmarkPlan(
      tiers: try kernelSets(request.tiers), formats: try weightFormats(request.formats),
      families: unique(request.families ?? KernelFamily.allCases),
      tokens: unique(request.tokens ?? KernelBenchmarkRequest.defaultTokens),
      shapes: unique(request.shapes ?? KernelShape.defaults), threads: request.threads ?? machine.cpu.usableCores ?? 1,
      secondsPerMeasurement: request.secondsPerMeasurement ?? KernelBenchmarkRequest.defaultSecondsPerMeasurement,
      workingSetBytes: MachineMeter.workingSetBytes(for: machine), startedAtUnixSeconds: Timestamp.unixSeconds())
    try plan.check(machine)
    return plan
  }

  private func kernelSets(_ names: [String]?) throws(Refusal) -> [KernelSet] {
    do throws(TierError) {
      guard let names else { return [try KernelSet.select()] }
      if names.contains(KernelBenchmarkRequest.allTiers) { return KernelSet.usable }
      var sets: [KernelSet] = []
      for name in names { sets.append(try KernelSet.select(override: name)) }
      return unique(sets)
    } catch {
      let usable = Tier.usable.map(\.rawValue).joined(separator: ", ")
      throw Refusal(
        .invalidRequest, "\(error); expected some of \(usable), or \(KernelBenchmarkRequest.allTiers) for each of them")
    }
  }

  private func weightFormats(_ names: [String]?) throws(Refusal) -> [TensorFormat] {
    guard let names else { return KernelSet.formats }
    var formats: [TensorFormat] = []
    for name in names {
      guard let format = TensorFormat(name: name), KernelSet.formats.contains(format) else {
        throw Refusal(
          .invalidRequest,
          "there is no kernel for the format '\(name.prefix(40))'; expected some of "
            + KernelSet.formats.map(\.name).joined(separator: ", "))
      }
      formats.append(format)
    }
    return unique(formats)
  }

  /// The values in their order, each once.
  private func unique<Value: Hashable>(_ values: [Value]) -> [Value] {
    var seen: Set<Value> = []
    return values.filter { seen.insert($0).inserted }
  }
}

extension KernelBenchmarkPlan {
  fileprivate mutating func check(_ machine: MachineDescription) throws(Refusal) {
    if let logical = machine.cpu.affinityCores ?? machine.cpu.logicalCores, threads > logical {
      throw Refusal(
        .invalidRequest,
        "threads \(threads) is more than the \(logical) logical cores that this process may use; more threads than cores "
          + "only wait for each other")
    }
    let limit = KernelBenchmarkRequest.maximumMeasurements
    guard measurements <= limit else {
      throw Refusal(
        .invalidRequest,
        "the request asks for \(measurements) measurements, and \(limit) are the most; give fewer formats, tiers, shapes "
          + "or tokens")
    }
    try checkColumns()
    try checkMemory(machine)
    if let cache = machine.cpu.lastLevelCacheBytes, workingSetBytes < 2 * cache {
      warnings.append(
        "the working set of \(workingSetBytes >> 20) MiB is less than twice the last-level cache of \(cache >> 20) MiB, so "
          + "that rates out of memory are partly those of the cache")
    }
  }

  private func checkColumns() throws(Refusal) {
    guard families.contains(.product) else { return }
    for shape in shapes {
      for format in formats where !shape.columns.isMultiple(of: format.valuesPerBlock) {
        throw Refusal(
          .invalidRequest,
          "columns \(shape.columns) do not fill the blocks of \(format.name), which have \(format.valuesPerBlock) values; "
            + "give a multiple of \(format.valuesPerBlock), or leave the format out")
      }
    }
  }

  /// Makes the working set large enough for the largest matrix, and refuses what would not fit in half of the memory.
  private mutating func checkMemory(_ machine: MachineDescription) throws(Refusal) {
    let bitsPerWeight = formats.map(\.bitsPerValue).max() ?? 32
    let mostTokens = Double(tokens.max() ?? 1)
    var (largest, work) = (0.0, 0.0)
    for shape in families.contains(.product) ? shapes : [] {
      largest = max(largest, Double(shape.rows) * Double(shape.columns) * bitsPerWeight / 8)
      let copies = shape.residence == .cache ? Double(threads) : 1
      work = max(work, copies * mostTokens * (8 * Double(shape.columns) + 4 * Double(shape.rows)))
    }
    let needed = max(Double(workingSetBytes), largest) + work
    if largest < 0x1p52 { workingSetBytes = max(workingSetBytes, (Int(largest) + 0xF_FFFF) & ~0xF_FFFF) }
    guard let usable = machine.memory.usableBytes, needed > Double(usable) / 2 else { return }
    throw Refusal(
      .insufficientMemory,
      "these shapes and tokens need \(Int(min(needed, 9e18))) bytes, and half of the \(usable) bytes that may be used is the "
        + "most; give smaller shapes, or fewer tokens",
      details: ["neededBytes": "\(Int(min(needed, 9e18)))", "usableBytes": "\(usable)"])
  }
}
