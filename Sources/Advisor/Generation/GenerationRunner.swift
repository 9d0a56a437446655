import Benchmarking
import Evidence
import Inference
import Kernels
import Tokenization

/// One answer on its way: loads the weights, reads the prompt, then chooses token after token.
struct GenerationRunner {
  let plan: GenerationPlan
  let cancellation: Cancellation
  let progress: Progress
  private let clock = MonotonicClock.system

  /// What has been said so far.
  private struct Answer {
    var tokens: [Int] = []
    var text: String?
    var stopReason = GenerationReport.StopReason.maxTokens
    var stoppedBy: String?
    /// When each token was chosen.
    var times: [Double] = []
    var hasUnknownTokens = false
  }

  func run() throws -> GenerationReport {
    let start = clock.nowSeconds()
    let runner = try BenchmarkRunner(plan.benchmark, cancellation: cancellation, progress: progress)
    progress.report("load", 0, "loading \(plan.benchmark.name)")
    let model = try runner.load()
    let session = try Session(
      model: model, kernels: runner.kernels, team: runner.team, contextTokens: plan.contextTokens,
      batchTokens: plan.benchmark.batchTokens, cacheFormat: plan.benchmark.cacheFormat,
      memoryLimitBytes: plan.benchmark.usableMemoryBytes)
    let loaded = clock.nowSeconds()
    progress.report("prefill", 0.15, "reading a prompt of \(plan.prompt.count) tokens")
    try session.prefill(plan.prompt, cancellation: cancellation)
    let read = clock.nowSeconds()
    let answer = try speak(session)
    return GenerationReport(
      model: runner.record(model), threads: plan.benchmark.threads, kernelTier: runner.kernels.tier.rawValue,
      promptTokens: plan.prompt, chatTemplate: plan.chatTemplate, text: answer.text, tokens: answer.tokens,
      stopReason: answer.stopReason, stoppedBy: answer.stoppedBy, sampling: plan.sampling,
      contextTokens: plan.contextTokens, batchTokens: session.batchTokens, cacheFormat: session.cacheFormat,
      timings: GenerationReport.Timings(
        loadSeconds: loaded - start, tokenizeSeconds: plan.tokenizeSeconds,
        prefillTokensPerSecond: Quantity(
          Double(plan.prompt.count) / max(read - loaded, 1e-9), evidence: .measured, samples: 1,
          source: "the prompt's tokens over the time of its only prefill, first use of the weights included"),
        timeToFirstTokenSeconds: Quantity(
          (answer.times.first ?? read) - loaded, evidence: .measured, samples: 1,
          source: "from the start of prefill to the choice of the first token, weights loaded"),
        decodeTokensPerSecond: rate(answer.times), totalSeconds: clock.nowSeconds() - start),
      memory: BenchmarkReport.MemoryUse(session),
      warnings: plan.warnings + plan.benchmark.warnings + runner.notes(model) + warnings(answer, model))
  }

  /// Chooses tokens until the model, a stop or a limit ends the answer.
  private func speak(_ session: Session) throws -> Answer {
    var answer = Answer()
    var sampler = try TokenSampler(plan.sampling)
    var stops = StopScanner(plan.stop)
    var decoding = plan.tokenizer.map { TextDecoding($0, continues: true) }
    if decoding != nil { answer.text = "" }
    while answer.tokens.count < plan.maxTokens {
      try cancellation.check()
      let token = try sampler.next(after: session)
      answer.times.append(clock.nowSeconds())
      answer.tokens.append(token)
      if plan.tokenizer?.specialTokens.endsGeneration.contains(token) == true {
        answer.stopReason = .endOfText
        break
      }
      // Models often have more rows than their vocabulary has tokens.
      if let size = plan.tokenizer?.vocabularySize, token >= size {
        answer.hasUnknownTokens = true
      } else if let piece = try decoding?.text(of: token) {
        let (text, stop) = stops.append(piece)
        emit(text, &answer)
        if let stop {
          (answer.stopReason, answer.stoppedBy) = (.stopText, stop)
          break
        }
      } else {
        progress.report("decode", fraction(answer), "\(answer.tokens.count) tokens")
      }
      guard answer.tokens.count < plan.maxTokens else { break }
      guard session.position < plan.contextTokens else {
        answer.stopReason = .contextFull
        break
      }
      try session.decode(token, cancellation: cancellation)
    }
    if answer.stopReason != .stopText {
      let rest = stops.append(decoding?.finish() ?? "")
      emit(rest.text + stops.finish(), &answer)
    }
    return answer
  }

  private func emit(_ text: String, _ answer: inout Answer) {
    guard !text.isEmpty, answer.text != nil else { return }
    answer.text?.append(text)
    progress.report(GenerationRequest.textPhase, fraction(answer), text)
  }

  private func fraction(_ answer: Answer) -> Double {
    0.2 + 0.8 * Double(answer.tokens.count) / Double(max(1, plan.maxTokens))
  }

  private func rate(_ times: [Double]) -> Quantity? {
    guard times.count >= 2 else { return nil }
    let intervals = zip(times.dropFirst(), times).map { $0 - $1 }
    return SampleRun(
      warmUpSamples: [], samples: intervals, stopReason: .maximumSamplesReached,
      elapsedSeconds: intervals.reduce(0, +), warmUpRule: "none"
    ).scaled(1, "one over the median time from token to token, sampling included")
  }

  private func warnings(_ answer: Answer, _ model: Model) -> [String] {
    var warnings: [String] = []
    if answer.hasUnknownTokens {
      warnings.append("the model chose tokens that its vocabulary does not have; they stand for no text")
    }
    if case .synthetic = plan.benchmark.weights {
      warnings.append("the weights are made up in the shape of \(plan.benchmark.name): the tokens mean nothing")
    }
    if answer.times.count < 17 {
      warnings.append("fewer than 16 decoded tokens were timed: benchmark/run tells rates with their spread")
    }
    return warnings
  }
}

extension GenerationRequest {
  /// The phase of the progress whose messages are the pieces of the answer.
  package static let textPhase = "text"
}
