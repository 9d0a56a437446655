import Benchmarking
import Inference
import Kernels
import TensorFormats

/// Measures what passes of our engine cost beside products, by synthetic models with the layers of a small one.
struct EngineMeter {
  let kernels: KernelSet
  let team: ThreadTeam
  let rates: EngineRates
  /// A model with 0.1 billion parameters: of such, what is beside products costs the largest part.
  let small: Model
  let cancellation: Cancellation?
  var clock = MonotonicClock.system

  /// The layers of SmolLM2-135M without its vocabulary.
  private static let smallShape = TransformerShape(
    architecture: "llama", layers: 30, hiddenSize: 576, intermediateSize: 1536, heads: 9, kvHeads: 3, headSize: 64,
    vocabularySize: 256, contextTokens: 4096, tiedOutput: true)

  static func smallModel(_ kernels: KernelSet, _ cancellation: Cancellation?) throws(InferenceError) -> Model {
    try Model.synthetic(
      name: "probe", shape: smallShape, recipe: .q8_0, kernels: kernels, memoryLimitBytes: 1 << 30,
      cancellation: cancellation)
  }

  /// The costs with the team's threads, in about `seconds`; `single` are those of one thread.
  func costs(seconds: Double, single: EngineCosts?) throws -> EngineCosts {
    let (cached, query) = try cacheSeconds(0.3 * seconds)
    let session = try Session(model: small, kernels: kernels, team: team, contextTokens: 1280)
    let work = ModelWork(small.shape, small.plan)
    let forecast = PassForecast(work, rates, threads: team.threads)
    let (value, attention) = try prefillCosts(session, work, forecast, 0.4 * seconds)
    let singleValue = single?.valueSeconds ?? value
    // Threads share the values: all together are no slower than one, and no faster than so many.
    let shared = single.map { min(max(value, $0.valueSeconds / Double(team.threads)), $0.valueSeconds) } ?? value
    let token = try session.decodeSeconds(depth: 1, seconds: 0.3 * seconds, self)
    let known = forecast.decode(depth: 1).weightSeconds + Double(work.layers * work.valuesPerLayer) * singleValue
    return EngineCosts(
      threads: team.threads, layerSeconds: max(1e-6, (token - known) / Double(work.layers)), valueSeconds: singleValue,
      cachedValueSeconds: cached, queryValueSeconds: query, attentionOperationsPerSecond: attention,
      prefillValueSeconds: shared)
  }

  /// Of a cached value, and of a value of a query at a cached position: two groupings of heads tell them apart.
  private func cacheSeconds(_ seconds: Double) throws -> (cached: Double, query: Double) {
    let (layers, heads, size, depth) = (4, 8, 64, 2000)
    func secondsOfPosition(kvHeads: Int) throws -> Double {
      let probe = try Session.narrow(
        layers: layers, heads: heads, kvHeads: kvHeads, context: depth + 64, self)
      let deep = try probe.decodeSeconds(depth: depth, seconds: seconds / 4, self)
      let flat = try probe.decodeSeconds(depth: 1, seconds: seconds / 4, self)
      return max(1e-12, (deep - flat) / Double(layers * depth * size))
    }
    // A position costs 2 x KV heads x cached + heads x query.
    let many = try secondsOfPosition(kvHeads: heads)
    let few = try secondsOfPosition(kvHeads: heads / 4)
    let cached = max(0, (many - few) / Double(2 * (heads - heads / 4)))
    let query = max(0, (many - Double(2 * heads) * cached) / Double(heads))
    return (cached, query)
  }

  /// Of a value in prefill by all threads, and the rate of attention.
  private func prefillCosts(
    _ session: Session, _ work: ModelWork, _ forecast: PassForecast, _ seconds: Double
  ) throws -> (value: Double, attentionOperations: Double) {
    // As many tokens as take a part of the time, for slow processors.
    let tokens =
      [256, 128, 64].first {
        forecast.prefill(tokens: $0, depth: 0, batchTokens: $0).weightSeconds < seconds / 4
      } ?? 32
    let depth = 4 * tokens
    let flat = try session.prefillSeconds(tokens: tokens, depth: 0, seconds: seconds / 2, self)
    let deep = try session.prefillSeconds(tokens: tokens, depth: depth, seconds: seconds / 2, self)
    let products = forecast.prefill(tokens: tokens, depth: 0, batchTokens: tokens).weightSeconds
    // Each token sees `depth` more; the last layer goes on with one token.
    let operations = 4 * Double(tokens * depth * work.heads * work.headSize) * Double(work.layers - 1)
    // A disturbed minute can make the deeper pass the shorter one: what registers allow is the most that is believed.
    let ceiling = rates.float32 * Double(team.threads) / Double(rates.threads)
    let attention = deep > flat ? min(operations / (deep - flat), ceiling) : ceiling
    let own = operations * Double(tokens) / 2 / Double(depth) / attention
    let values = (Double(work.layers) - 0.5) * Double(tokens * work.valuesPerLayer)
    return (max(1e-12, (flat - products - own) / values), attention)
  }

  /// The median of what `body` takes, in about `seconds`, three times at least.
  fileprivate func median(seconds: Double, _ body: () throws -> Void) throws -> Double {
    let sampler = Sampler(
      plan: SamplingPlan(
        minimumSamples: 5, maximumSamples: 400, targetSpreadFraction: 0.01, timeLimitSeconds: seconds,
        maximumWarmUpSamples: 2), clock: clock)
    let run = try sampler.time(cancellation: cancellation, body: body)
    return run.statistics?.median ?? 0
  }
}

extension Session {
  /// A session of a model so narrow that only its attention counts.
  fileprivate static func narrow(layers: Int, heads: Int, kvHeads: Int, context: Int, _ meter: EngineMeter) throws
    -> Session
  {
    let shape = TransformerShape(
      architecture: "llama", layers: layers, hiddenSize: 64, intermediateSize: 64, heads: heads, kvHeads: kvHeads,
      headSize: 64, vocabularySize: 256, contextTokens: max(context, 2048), tiedOutput: true)
    let model = try Model.synthetic(
      name: "probe", shape: shape, recipe: .q8_0, kernels: meter.kernels, memoryLimitBytes: 1 << 30,
      cancellation: meter.cancellation)
    return try Session(model: model, kernels: meter.kernels, team: meter.team, contextTokens: context)
  }

  fileprivate func decodeSeconds(depth: Int, seconds: Double, _ meter: EngineMeter) throws -> Double {
    try fillCache(depth: depth, cancellation: meter.cancellation)
    return try meter.median(seconds: seconds) {
      rewind(to: depth)
      try decode(1, cancellation: meter.cancellation)
    }
  }

  fileprivate func prefillSeconds(tokens: Int, depth: Int, seconds: Double, _ meter: EngineMeter) throws -> Double {
    try fillCache(depth: depth, cancellation: meter.cancellation)
    let ids = (0..<tokens).map { $0 % 256 }
    return try meter.median(seconds: seconds) {
      rewind(to: depth)
      try prefill(ids, cancellation: meter.cancellation)
    }
  }
}
