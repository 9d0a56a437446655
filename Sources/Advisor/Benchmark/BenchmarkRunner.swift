import Benchmarking
import Evidence
import Hardware
import Inference
import Kernels

/// One benchmark on its way: loads the weights, finds the ceilings, then samples prefill and decoding.
struct BenchmarkRunner {
  let plan: BenchmarkPlan
  let machine: MachineDescription
  let kernels: KernelSet
  let team: ThreadTeam
  let cancellation: Cancellation
  let progress: Progress
  let clock: MonotonicClock

  init(_ plan: BenchmarkPlan, cancellation: Cancellation, progress: Progress) throws {
    self.plan = plan
    self.cancellation = cancellation
    self.progress = progress
    machine = MachineProbe().describe()
    kernels = try KernelSet.select()
    team = try ThreadTeam(threads: plan.threads)
    clock = .system
  }

  func run() throws -> BenchmarkReport {
    let start = clock.nowSeconds()
    let startedAt = Timestamp.unixSeconds()
    let before = SystemSnapshot()
    ProcessMemory.resetPeak()
    progress.report("load", 0, "loading \(plan.name)")
    let model = try load()
    let loaded = clock.nowSeconds()
    let ceilings = try plan.knownCeilings ?? measureCeilings(model)
    let context = plan.depthTokens + max(plan.promptTokens, plan.generateTokens)
    let session = try Session(
      model: model, kernels: kernels, team: team, contextTokens: context, batchTokens: plan.batchTokens,
      cacheFormat: plan.cacheFormat, memoryLimitBytes: plan.usableMemoryBytes)
    if plan.depthTokens > 0 { progress.report("cache", 0.25, "filling the cache with \(plan.depthTokens) tokens") }
    try session.fillCache(depth: plan.depthTokens, cancellation: cancellation)
    let prefill = plan.promptTokens > 0 ? try measurePrefill(session, model, ceilings) : nil
    let decode = plan.generateTokens > 0 ? try measureDecode(session, model, ceilings) : nil
    let environment = EnvironmentRecord(
      machine: machine, kernelTier: kernels.tier.rawValue, threads: plan.threads,
      startedAtUnixSeconds: startedAt, before: before, after: SystemSnapshot())
    progress.report("report", 1, "done")
    return BenchmarkReport(
      model: record(model), threads: plan.threads, kernelTier: kernels.tier.rawValue,
      batchTokens: session.batchTokens, cacheFormat: session.cacheFormat, prefill: prefill?.measurement,
      decode: decode,
      timeToFirstTokenSeconds: prefill.flatMap(timeToFirstToken), ceilings: ceilings,
      memory: BenchmarkReport.MemoryUse(session),
      environment: environment, startedAt: Timestamp.text(unixSeconds: startedAt), loadSeconds: loaded - start,
      totalSeconds: clock.nowSeconds() - start, warnings: warnings(environment, prefill, decode) + notes(model),
      assumptions: assumptions(model), next: next())
  }
}
