import Benchmarking
import Evidence
import Hardware
import Inference
import Kernels
import TensorFormats

extension BenchmarkRunner {
  /// A working set below this many times the last-level cache would be read from the cache.
  static let cacheMultiple = 8
  /// What is taken for the last-level cache where the machine does not tell.
  static let assumedCacheBytes = 64 << 20

  /// Copies or maps the weights of the file, or makes some.
  func load() throws -> Model {
    let part = progress.part(from: 0, to: 0.15)
    switch plan.weights {
    case .file(let path) where plan.weightPlacement == .mapped:
      return try Model.open(path: path)
    case .file(let path):
      return try Model.open(
        path: path, copyingWith: team, for: kernels, memoryLimitBytes: plan.usableMemoryBytes,
        cancellation: cancellation)
    case .synthetic(let dimensions, let recipe, _):
      let standIn = try StandIn.of(dimensions)
      let bytes = try WeightPlan(shape: standIn.shape, recipe: recipe).weightBytes
      return try Model.synthetic(
        name: plan.name, shape: standIn.shape, recipe: recipe, kernels: kernels,
        workingSetBytes: workingSet(for: bytes), memoryLimitBytes: plan.usableMemoryBytes ?? .max,
        standInNote: standIn.note, cancellation: cancellation
      ) { part.report("load", $0, "making \(recipe.rawValue) weights of \(plan.name)") }
    }
  }

  /// The memory that distinct layers may take: all of it when there is room, otherwise half of what is free.
  private func workingSet(for weightBytes: Int) -> Int? {
    if let given = plan.workingSetBytes { return given }
    guard let usable = plan.usableMemoryBytes, weightBytes > usable / 5 * 3 else { return nil }
    let cache = machine.cpu.lastLevelCacheBytes ?? Self.assumedCacheBytes
    return min(usable / 2, max(Self.cacheMultiple * cache, 4 << 30))
  }

  /// Measures what the machine can do at most with the same threads.
  func measureCeilings(_ model: Model) throws -> BenchmarkReport.Ceilings {
    let part = progress.part(from: 0.15, to: 0.25)
    let meter = PeakMeter(kernels: kernels, team: team)
    let cache = machine.cpu.lastLevelCacheBytes ?? Self.assumedCacheBytes
    let bufferBytes = min(max(Self.cacheMultiple * cache, 256 << 20), 1 << 30, (plan.usableMemoryBytes ?? .max) / 4)
    part.report("ceilings", 0, "reading \(bufferBytes >> 20) MiB of memory")
    let bandwidth = try meter.readBandwidth(
      bufferByteCount: bufferBytes, seconds: 0.5, cancellation: cancellation)
    part.report("ceilings", 0.6, "multiplying in registers")
    let usesFloats = model.plan.matrices.contains { $0.format.valuesPerBlock == 1 }
    let operations =
      usesFloats
      ? try meter.float32OperationsPerSecond(seconds: 0.2, cancellation: cancellation)
      : try meter.int8OperationsPerSecond(seconds: 0.2, cancellation: cancellation)
    let threads = "\(plan.threads) thread\(plan.threads == 1 ? "" : "s")"
    return BenchmarkReport.Ceilings(
      readBandwidthBytesPerSecond: Quantity(
        bandwidth, evidence: .measured,
        source: "best pass over \(bufferBytes >> 20) MiB in half a second, \(threads)"),
      operationsPerSecond: Quantity(
        operations, evidence: .measured,
        source: "best \(usesFloats ? "f32" : "int8") multiply-add rate in registers, \(threads)"))
  }
}
