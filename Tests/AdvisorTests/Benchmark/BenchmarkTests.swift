import Advisor
import Benchmarking
import Evidence
import Kernels
import Synchronization
import TestSupport
import Testing

@Suite("A benchmark")
struct BenchmarkTests {
  private let advisor = Advisor()

  private func run(
    _ plan: BenchmarkPlan, _ progress: Progress = .ignored, _ cancellation: Cancellation = Cancellation()
  ) async throws -> BenchmarkReport {
    try await onOwnThread { try advisor.benchmark(plan, cancellation: cancellation, progress: progress) }
  }

  private func isClose(_ first: Double, _ second: Double) -> Bool { abs(first - second) <= 1e-9 * abs(second) }

  @Test("gives rates that follow from its samples, and fractions of the ceilings of the same sitting")
  func consistency() async throws {
    let steps = Mutex<[(phase: String, fraction: Double)]>([])
    let plan = try advisor.planBenchmark(TinyModel.request())
    let report = try await run(
      plan, Progress { phase, fraction, _ in steps.withLock { $0.append((phase, fraction)) } })

    let prefill = try #require(report.prefill)
    let prompts = try #require(prefill.seconds.statistics)
    #expect(prompts.count == prefill.seconds.samples.count && (3...5).contains(prompts.count))
    #expect(isClose(prefill.tokensPerSecond.value * prompts.median, 16))
    #expect(prefill.tokensPerSecond.samples == prompts.count)
    let ceiling = try #require(report.ceilings.operationsPerSecond)
    #expect(isClose(prefill.computeCeilingFraction ?? 0, prefill.operationsPerSecond.value / ceiling.value))

    let decode = try #require(report.decode)
    let tokens = try #require(decode.interTokenLatencySeconds.statistics)
    #expect(tokens.count == decode.interTokenLatencySeconds.samples.count && (8...40).contains(tokens.count))
    #expect(isClose(decode.tokensPerSecond.value * tokens.median, 1))
    #expect(tokens.p99 == nil && tokens.p50 <= tokens.p90 && tokens.p90 <= tokens.p95)
    let bandwidth = report.ceilings.readBandwidthBytesPerSecond.value
    #expect(isClose(decode.bandwidthCeilingFraction ?? 0, decode.readBytesPerSecond.value / bandwidth))
    #expect(decode.readBytesPerSecond.value * tokens.median > Double(report.model.bytesReadPerToken))

    // Each first token comes after its prompt, so the medians keep that order.
    let first = try #require(report.timeToFirstTokenSeconds)
    #expect(first.value >= prompts.median)
    for quantity in [
      prefill.tokensPerSecond, prefill.operationsPerSecond, decode.tokensPerSecond, decode.readBytesPerSecond, first,
      ceiling, report.ceilings.readBandwidthBytesPerSecond,
    ] {
      #expect(quantity.value > 0 && quantity.evidence == .measured && !quantity.source.isEmpty)
      #expect((quantity.low ?? quantity.value) <= quantity.value && quantity.value <= (quantity.high ?? quantity.value))
    }

    let seen = steps.withLock { $0 }
    #expect(seen.map(\.fraction) == seen.map(\.fraction).sorted() && seen.last?.fraction == 1)
    for phase in ["load", "ceilings", "prefill", "decode"] { #expect(seen.contains { $0.phase == phase }) }
  }

  @Test("says what ran: the file, its format, its memory, the threads and the tier")
  func record() async throws {
    let plan = try advisor.planBenchmark(TinyModel.request("f16-grouped-separate"))
    let report = try await run(plan)
    #expect(report.model.source == .file && report.model.origin == TinyModel.path("f16-grouped-separate"))
    #expect(report.model.architecture == "llama" && report.model.quantization == "F16")
    #expect(report.model.weightBytes == report.model.residentWeightBytes && report.model.repeatedLayers == 0)
    #expect(report.model.bytesReadPerToken < report.model.weightBytes)
    #expect(report.threads == 1)
    #expect(report.kernelTier == (try KernelSet.select().tier.rawValue))
    #expect(report.memory.weightBytes == report.model.weightBytes)
    #expect(report.memory.cacheBytes > 0 && report.memory.scratchBytes > 0)
    #expect(report.memory.peakResidentBytes.map { $0 > report.memory.cacheBytes } ?? true)
    #expect(report.loadSeconds <= report.totalSeconds)
    #expect(!report.assumptions.isEmpty && !report.next.isEmpty)
  }

  @Test("leaves out what was not asked for, and decodes at the depth that was")
  func parts() async throws {
    var request = TinyModel.request()
    request.promptTokens = 0
    request.depthTokens = 40
    var plan = try advisor.planBenchmark(request)
    let decoding = try await run(plan)
    #expect(decoding.prefill == nil && decoding.timeToFirstTokenSeconds == nil)
    #expect(decoding.decode?.depthTokens == 40)
    plan.knownCeilings = decoding.ceilings
    plan.promptTokens = 8
    plan.generateTokens = 0
    let reading = try await run(plan)
    #expect(reading.decode == nil && reading.prefill?.promptTokens == 8)
    #expect(reading.ceilings.readBandwidthBytesPerSecond == decoding.ceilings.readBandwidthBytesPerSecond)
  }

  @Test("ends when its flag is raised, in every phase", arguments: ["load", "ceilings", "prefill", "decode"])
  func cancellation(phase: String) async throws {
    var request = TinyModel.request()
    request.maximumRepetitions = 10_000
    request.timeLimitSeconds = 3600
    request.targetSpreadFraction = 0
    // The prompts of so long a limit would never end, and decoding would not be reached.
    if phase == "decode" { request.promptTokens = 0 }
    let plan = try advisor.planBenchmark(request)
    let cancellation = Cancellation()
    await #expect(throws: Cancelled.self) {
      try await run(plan, Progress { seen, _, _ in if seen == phase { cancellation.cancel() } }, cancellation)
    }
  }

  @Test("measures a model beyond its working set with layers that share memory, and says so")
  func repeatedLayers() async throws {
    var request = BenchmarkRequest(model: "smollm2-360m", quantization: "Q8_0")
    request.promptTokens = 0
    request.generateTokens = 2
    request.threads = 1
    request.maximumRepetitions = 1
    request.timeLimitSeconds = 0.1
    request.workingSetBytes = 128 << 20
    let plan = try advisor.planBenchmark(request)
    let report = try await run(plan)
    #expect(report.model.source == .synthetic)
    #expect(report.model.repeatedLayers > 0)
    #expect(report.model.residentWeightBytes < report.model.weightBytes)
    #expect(report.memory.weightBytes == report.model.residentWeightBytes)
    #expect(report.assumptions.contains { $0.what.contains("share memory") })
  }
}
