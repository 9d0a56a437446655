import Benchmarking
import Evidence
import Inference
import Kernels

extension BenchmarkRunner {
  /// The seconds of whole prompts, with the seconds to the first token beside them.
  struct PrefillSamples {
    let measurement: BenchmarkReport.PrefillMeasurement
    let timeToFirstToken: SampleRun
  }

  /// Samples the prefill of the prompt, each time at the same depth.
  func measurePrefill(
    _ session: Session, _ model: Model, _ ceilings: BenchmarkReport.Ceilings
  ) throws -> PrefillSamples {
    let part = progress.part(from: 0.25, to: plan.generateTokens > 0 ? 0.6 : 0.98)
    let tokens = randomTokens(plan.promptTokens, vocabulary: model.shape.vocabularySize)
    let sampler = Sampler(
      plan: SamplingPlan(
        minimumSamples: min(3, plan.maximumRepetitions), maximumSamples: plan.maximumRepetitions,
        targetSpreadFraction: plan.targetSpreadFraction,
        timeLimitSeconds: plan.timeLimitSeconds * (plan.generateTokens > 0 ? 0.5 : 1), maximumWarmUpSamples: 2),
      clock: clock)
    // The first prompt of a large model can take minutes.
    part.report("prefill", 0, "\(plan.name): reading a prompt of \(plan.promptTokens) tokens")
    var firstTokenSeconds: [Double] = []
    var sampleCount = 0
    let run = try sampler.run(
      cancellation: cancellation,
      progress: { part.report("prefill", $0, "\(plan.name): \(sampleCount) prompts of \(plan.promptTokens) tokens") },
      sample: {
        session.rewind(to: plan.depthTokens)
        let start = clock.nowSeconds()
        try session.prefill(tokens, cancellation: cancellation)
        let end = clock.nowSeconds()
        _ = session.greedyToken
        firstTokenSeconds.append(clock.nowSeconds() - start)
        sampleCount += 1
        return end - start
      })
    let firsts = SampleRun(
      warmUpSamples: Array(firstTokenSeconds.prefix(run.warmUpSamples.count)),
      samples: Array(firstTokenSeconds.dropFirst(run.warmUpSamples.count)), stopReason: run.stopReason,
      elapsedSeconds: run.elapsedSeconds, warmUpRule: run.warmUpRule)
    let operations = model.plan.prefillOperations(tokens: plan.promptTokens)
    let rate = run.scaled(
      operations, "2 x weights x tokens of the matrix products over the median time, attention not counted")
    return PrefillSamples(
      measurement: BenchmarkReport.PrefillMeasurement(
        promptTokens: plan.promptTokens, depthTokens: plan.depthTokens,
        tokensPerSecond: run.scaled(
          Double(plan.promptTokens), "prompt tokens over the median time of one prompt"),
        operationsPerSecond: rate,
        computeCeilingFraction: ceilings.operationsPerSecond.map { rate.value / $0.value }, seconds: run),
      timeToFirstToken: firsts)
  }

  /// Samples the time from one token to the next; a generation that reaches its length starts over at the depth.
  func measureDecode(
    _ session: Session, _ model: Model, _ ceilings: BenchmarkReport.Ceilings
  ) throws -> BenchmarkReport.DecodeMeasurement {
    let part = progress.part(from: plan.promptTokens > 0 ? 0.6 : 0.25, to: 0.98)
    let limit = plan.generateTokens.multipliedReportingOverflow(by: plan.maximumRepetitions)
    let maximum = min(limit.overflow ? .max : limit.partialValue, 100_000)
    let sampler = Sampler(
      plan: SamplingPlan(
        minimumSamples: min(plan.generateTokens, maximum), maximumSamples: maximum,
        targetSpreadFraction: plan.targetSpreadFraction,
        timeLimitSeconds: plan.timeLimitSeconds * (plan.promptTokens > 0 ? 0.5 : 1)),
      clock: clock)
    part.report("decode", 0, "\(plan.name): the first token")
    var token = 1
    var inGeneration = plan.generateTokens
    var sampleCount = 0
    let run = try sampler.run(
      cancellation: cancellation,
      progress: { part.report("decode", $0, "\(plan.name): \(sampleCount) tokens") },
      sample: {
        if inGeneration == plan.generateTokens {
          session.rewind(to: plan.depthTokens)
          inGeneration = 0
        }
        let start = clock.nowSeconds()
        try session.decode(token, cancellation: cancellation)
        token = session.greedyToken
        inGeneration += 1
        sampleCount += 1
        return clock.nowSeconds() - start
      })
    let meanDepth = Double(plan.depthTokens) + Double(min(plan.generateTokens, max(1, run.samples.count))) / 2
    let bytes =
      Double(model.plan.bytesReadPerToken) + model.shape.cacheBytesRead(depth: meanDepth, session.cacheFormat)
    let rate = run.scaled(bytes, "weight and cache bytes of one token over the median time")
    return BenchmarkReport.DecodeMeasurement(
      generateTokens: plan.generateTokens, depthTokens: plan.depthTokens,
      tokensPerSecond: run.scaled(1, "one over the median time from token to token"),
      bytesReadPerToken: Int(bytes.rounded()), readBytesPerSecond: rate,
      bandwidthCeilingFraction: rate.value / ceilings.readBandwidthBytesPerSecond.value,
      interTokenLatencySeconds: run)
  }

  /// Token ids spread over the vocabulary, the same for every run.
  private func randomTokens(_ count: Int, vocabulary: Int) -> [Int] {
    (0..<count).map { ($0 &* 7919 &+ 13) % max(1, vocabulary) }
  }
}

extension WeightPlan {
  /// Multiplications and additions of the matrix products for a prompt: the output matrix only for its last token.
  func prefillOperations(tokens: Int) -> Double {
    matrices.reduce(0) { sum, matrix in
      let weights = 2 * Double(matrix.rows) * Double(matrix.columns)
      switch matrix.role {
      case .embedding: return sum + (matrices.contains { $0.role == .output } ? 0 : weights)
      case .output: return sum + weights
      default: return sum + weights * Double(tokens)
      }
    }
  }
}
