import Benchmarking
import Evidence
import Hardware
import Inference
import Kernels
import Knowledge
import ModelFiles
import TensorFormats

/// Runs the top formats of a recommendation for a moment each, within one budget of time.
struct CandidateMeter {
  let advisor: Advisor
  let draft: RecommendationDraft
  let budgetSeconds: Double
  let cancellation: Cancellation
  let progress: Progress
  let clock = MonotonicClock.system

  /// How many formats are run at most.
  static let candidateLimit = 3
  /// Made-up weights of a candidate take no more memory than this: many times any cache, and made in a second.
  static let workingSetBytes = 1 << 30
  static let generateTokens = 24

  /// What was run, and how fast it was.
  struct Outcome {
    var measured: [Recommendation.MeasuredFormat] = []
    var ceilings: BenchmarkReport.Ceilings?
    /// Decode rates by threads, of the format that decoded fastest among those that were run with fewer threads too.
    var decodeByThreads: [(threads: Int, rate: Quantity)] = []
    var warnings: [String] = []
  }

  /// Measures as many candidates as there is time for; one that cannot be run is a warning, not the end.
  func run() throws -> Outcome {
    var outcome = Outcome()
    let plans = candidatePlans(&outcome)
    let start = clock.nowSeconds()
    var first: (plan: BenchmarkPlan, decode: Quantity)?
    for (index, plan) in plans.enumerated() {
      let left = budgetSeconds - (clock.nowSeconds() - start)
      // A candidate beyond the first is run only if there is time for a meaningful sample.
      if index > 0, left < 1 { break }
      let share = max(0.5, left / Double(plans.count - index + 1))
      let part = progress.part(
        from: Double(index) / Double(plans.count + 1), to: Double(index + 1) / Double(plans.count + 1))
      do {
        let report = try measure(plan, seconds: share, ceilings: outcome.ceilings, progress: part)
        outcome.ceilings = outcome.ceilings ?? report.ceilings
        outcome.measured.append(summary(report, plan))
        outcome.warnings += report.warnings.filter { !outcome.warnings.contains($0) }
        if first == nil { first = report.decode.map { (plan, $0.tokensPerSecond) } }
      } catch let refusal as Refusal {
        outcome.warnings.append("\(plan.quantization) was not measured: \(refusal.message)")
      }
    }
    let left = budgetSeconds - (clock.nowSeconds() - start)
    if let first, first.plan.threads > 1 {
      outcome.decodeByThreads.append((first.plan.threads, first.decode))
      try measureFewerThreads(first.plan, left: left, into: &outcome)
    }
    return outcome
  }

  /// The file itself when there is one, then the best formats that the kernels can run.
  private func candidatePlans(_ outcome: inout Outcome) -> [BenchmarkPlan] {
    let requests =
      draft.model.origin == .file
      ? [request(model: draft.model.source, quantization: nil)]
      : runnableFormats().prefix(Self.candidateLimit).map { request(model: draft.model.name, quantization: $0) }
    var plans: [BenchmarkPlan] = []
    for request in requests {
      do throws(Refusal) {
        plans.append(try advisor.planBenchmark(request))
      } catch {
        outcome.warnings.append("\(request.quantization ?? "the file") was not measured: \(error.message)")
      }
    }
    if requests.isEmpty {
      outcome.warnings.append(
        "none of the recommended formats can be run by Edgewise's own kernels; nothing was measured")
    }
    return plans
  }

  /// The recommended formats that fit and that the kernels can run; for an engine with formats of its own, GGUF's.
  private func runnableFormats() -> [String] {
    func runnable(_ answer: QuantizationAnswer) -> [String] {
      answer.formats.filter { $0.fits != false && FileTypeRecipe(runnable: $0.format) != nil }.map(\.format)
    }
    let own = runnable(draft.quantizations)
    if !own.isEmpty { return own }
    return runnable(
      advisor.adviseQuantization(
        QuantizationQuestion(
          model: draft.model, memory: draft.memory, reference: draft.reference, speed: draft.speed,
          repository: draft.repository, situation: draft.situation,
          framework: .llamaCpp,
          device: .cpu, contextTokens: draft.contextTokens, limit: Advisor.rankedFormats)))
  }

  private func request(model: String, quantization: String?) -> BenchmarkRequest {
    var request = BenchmarkRequest(model: model, quantization: quantization)
    let context = draft.model.hyperparameters.contextTokens ?? .max
    request.promptTokens = min(16, context)
    request.generateTokens = min(Self.generateTokens, context)
    let usable = draft.known.machine.memory.usableBytes ?? .max
    request.workingSetBytes = min(Self.workingSetBytes, usable / 2)
    return request
  }

  private func measure(
    _ plan: BenchmarkPlan, seconds: Double, ceilings: BenchmarkReport.Ceilings?, progress: Progress
  ) throws -> BenchmarkReport {
    var plan = plan
    plan.timeLimitSeconds = seconds
    plan.knownCeilings = ceilings
    if let operations = ceilings?.operationsPerSecond?.value { plan.promptTokens = promptTokens(operations, seconds) }
    return try advisor.benchmark(plan, cancellation: cancellation, progress: progress)
  }

  /// The longest prompt up to the wanted one of which a few are read in half the time.
  ///
  /// Kernels reach 15 to 75 % of the ceiling; a fifth is taken, so that a slow tier overruns the budget by little.
  private func promptTokens(_ operationsPerSecond: Double, _ seconds: Double) -> Int {
    let parameters = Double(draft.situation.model.activeParameterCount ?? draft.model.parameterCount ?? 1_000_000_000)
    let tokens = 0.2 * operationsPerSecond * seconds / 2 / 3 / (2 * parameters)
    return min(draft.promptTokens, max(16, Int(tokens)), draft.contextTokens)
  }

  private func measureFewerThreads(_ plan: BenchmarkPlan, left: Double, into outcome: inout Outcome) throws {
    var threads = plan.threads / 2
    var left = left
    while threads >= 1, left > 1 {
      let start = clock.nowSeconds()
      var fewer = plan
      fewer.threads = threads
      fewer.promptTokens = 0
      fewer.timeLimitSeconds = min(1.5, left / 2)
      fewer.knownCeilings = outcome.ceilings
      let report = try advisor.benchmark(fewer, cancellation: cancellation, progress: .ignored)
      if let rate = report.decode?.tokensPerSecond { outcome.decodeByThreads.append((threads, rate)) }
      left -= clock.nowSeconds() - start
      threads /= 2
    }
  }

  private func summary(_ report: BenchmarkReport, _ plan: BenchmarkPlan) -> Recommendation.MeasuredFormat {
    Recommendation.MeasuredFormat(
      format: report.model.quantization, isFile: report.model.source == .file, threads: report.threads,
      kernelTier: report.kernelTier, decodeTokensPerSecond: report.decode?.tokensPerSecond,
      prefillTokensPerSecond: report.prefill?.tokensPerSecond, promptTokens: report.prefill?.promptTokens ?? 0,
      bandwidthCeilingFraction: report.decode?.bandwidthCeilingFraction, notes: report.model.notes)
  }
}
