import Advisor
import Benchmarking
import Evidence
import Hardware
import Inference
import JSON
import Kernels
import TestSupport
import Testing

@Suite("A benchmark's KV cache, batch and weights")
struct BenchmarkCacheTests {
  private let advisor = Advisor()

  private func run(_ request: BenchmarkRequest) async throws -> BenchmarkReport {
    let plan = try advisor.planBenchmark(request)
    return try await onOwnThread { try advisor.benchmark(plan, cancellation: Cancellation(), progress: .ignored) }
  }

  /// A catalogue model whose heads have 64 values; 3 key-value heads in 30 layers.
  private func small(_ format: CellFormat?) -> BenchmarkRequest {
    var request = BenchmarkRequest(model: "smollm2-135m", quantization: "Q4_0")
    request.promptTokens = 0
    request.generateTokens = 2
    request.depthTokens = 1023
    request.threads = 1
    request.maximumRepetitions = 1
    request.timeLimitSeconds = 0.1
    request.workingSetBytes = 64 << 20
    request.cacheFormat = format
    return request
  }

  @Test(
    "has the format that was asked for, and counts its real bytes",
    arguments: [(nil, 128), (CellFormat.q8_0, 68), (.q4_0, 36)] as [(CellFormat?, Int)])
  func formats(_ format: CellFormat?, _ cellBytes: Int) async throws {
    let report = try await run(small(format))
    #expect(report.cacheFormat == format ?? .f16)
    let token = 2 * 30 * 3 * cellBytes
    #expect(report.memory.cacheBytesPerToken == token)
    // 1025 positions are 17 pages of 64.
    #expect(report.memory.cacheBytes == 17 * 64 * token)
    let decode = try #require(report.decode)
    let meanDepth = 1023 + Double(min(2, decode.interTokenLatencySeconds.samples.count)) / 2
    #expect(decode.bytesReadPerToken == report.model.bytesReadPerToken + Int(meanDepth * Double(token)))
    let latency = try #require(decode.interTokenLatencySeconds.statistics?.median)
    let bytes = decode.readBytesPerSecond.value * latency
    #expect(abs(bytes - Double(decode.bytesReadPerToken)) < 1)
    let commands = report.next.compactMap(\.command).joined()
    let isPlain = format == nil
    #expect(
      commands.contains("-ctk") != isPlain
        && (isPlain || commands.contains("-ctv " + (format?.rawValue.lowercased() ?? ""))))
    #expect(report.next.first?.params?["cacheFormat"]?.string == format?.rawValue)
    #expect(report.model.weights == nil && report.model.weightCopySeconds == nil)
  }

  @Test("takes the batch that was asked for, as far as the context goes", arguments: [(nil, 16), (5, 5), (100, 16)])
  func batch(_ batch: Int?, _ used: Int) async throws {
    var request = TinyModel.request()
    request.batchTokens = batch
    #expect(try await run(request).batchTokens == used)
  }

  @Test("copies a file's weights, unless they should stay mapped or memory is short")
  func weights() async throws {
    var request = TinyModel.request()
    let copied = try await run(request)
    #expect(copied.model.weights == .copied)
    let seconds = try #require(copied.model.weightCopySeconds)
    #expect(seconds > 0 && seconds < copied.loadSeconds)
    request.weights = .mapped
    let mapped = try await run(request)
    #expect(mapped.model.weights == .mapped && mapped.model.weightCopySeconds == nil)
    #expect(!mapped.warnings.contains { $0.contains("mapped") })

    request.weights = nil
    var plan = try advisor.planBenchmark(request)
    plan.usableMemoryBytes = 2 * copied.model.weightBytes - 1
    plan.knownCeilings = copied.ceilings
    // The cache and scratch of a tiny model are larger than its weights.
    plan.batchTokens = 1
    (plan.promptTokens, plan.generateTokens) = (1, 1)
    let short = try await onOwnThread { [plan] in
      try advisor.benchmark(plan, cancellation: Cancellation(), progress: .ignored)
    }
    #expect(short.model.weights == .mapped)
    #expect(short.warnings.contains { $0.contains("mapped file") && $0.contains("\(copied.model.weightBytes) bytes") })
  }

  @Test("takes as many threads as affinity and quota leave")
  func threads() throws {
    var request = TinyModel.request()
    request.threads = nil
    let cpu = MachineProbe().describe().cpu
    #expect(try advisor.planBenchmark(request).threads == cpu.usableCores ?? 1)
  }
}
