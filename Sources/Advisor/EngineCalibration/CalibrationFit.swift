/// Solves the forecast of an engine for the factors that make it what the engine did.
struct CalibrationFit {
  let rates: EngineRates
  /// The prompt and generation that ran.
  let prompt: Int
  let generate: Int
  let batchTokens: Int

  /// Factors outside are no engine's.
  private static let bounds = 0.001...1000.0

  private static let leastProductsFraction = 0.2
  /// What a prompt's rate may be off by, as a fraction, when only a part of the prompt was run.
  private static let cutPromptFraction = 0.3

  /// What a run of a narrow model tells of its layers.
  func layer(_ work: ModelWork, _ run: EngineRun) -> EngineCalibration.LayerCost {
    layer(work, decode: run.decodeTokensPerSecond, prefill: run.prefillTokensPerSecond, threads: run.threads)
  }

  /// What a run of a model in a format tells of the engine.
  func factor(
    _ format: String, _ work: ModelWork, _ run: EngineRun, layer: EngineCalibration.LayerCost
  ) -> EngineCalibration.Factor {
    let factors = factors(
      work, decode: run.decodeTokensPerSecond, prefill: run.prefillTokensPerSecond, threads: run.threads, layer: layer)
    return EngineCalibration.Factor(
      fileType: format, threads: run.threads, decodeFactor: factors.decode, prefillFactor: factors.prefill,
      promptTokens: run.promptTokens,
      spreadFraction: max(
        FormatMeter.spread(run.decode), FormatMeter.spread(run.prefill),
        run.promptTokens < prompt ? Self.cutPromptFraction : 0))
  }

  /// What a narrow model's layers cost beside their products.
  func layer(_ work: ModelWork, decode: Double, prefill: Double, threads: Int) -> EngineCalibration.LayerCost {
    let forecast = forecast(work, threads, decodeFactor: 1, prefillFactor: 1, layer: nil)
    let token = forecast.decode(depth: Double(generate) / 2)
    let batch = forecast.prefill(tokens: prompt, depth: 0, batchTokens: batchTokens)
    let layers = Double(work.layers)
    return EngineCalibration.LayerCost(
      threads: threads, layerSeconds: max(0, (1 / decode - token.weightSeconds - token.attentionSeconds) / layers),
      prefillLayerSeconds: max(
        0, (Double(prompt) / prefill - batch.weightSeconds - batch.attentionSeconds - batch.otherSeconds) / layers))
  }

  /// The factors of a model whose products count.
  func factors(
    _ work: ModelWork, decode: Double, prefill: Double, threads: Int, layer: EngineCalibration.LayerCost
  ) -> (decode: Double, prefill: Double) {
    let one = forecast(work, threads, decodeFactor: 1, prefillFactor: 1, layer: layer)
    let token = one.decode(depth: Double(generate) / 2)
    let decodeFactor = factor(
      token.weightSeconds, rest: token.attentionSeconds + token.otherSeconds, whole: 1 / decode)
    // With a factor of two half of the time of the products that it concerns is gone.
    let first = forecast(work, threads, decodeFactor: decodeFactor, prefillFactor: 1, layer: layer)
      .prefill(tokens: prompt, depth: 0, batchTokens: batchTokens)
    let second = forecast(work, threads, decodeFactor: decodeFactor, prefillFactor: 2, layer: layer)
      .prefill(tokens: prompt, depth: 0, batchTokens: batchTokens)
    let products = 2 * (first.weightSeconds - second.weightSeconds)
    return (decodeFactor, factor(products, rest: first.seconds - products, whole: Double(prompt) / prefill))
  }

  /// The factor that makes a forecast of products what a whole pass leaves for them beside the rest.
  private func factor(_ forecast: Double, rest: Double, whole: Double) -> Double {
    // Of a model as wide as this products take a good part, whatever a disturbed run of the narrow one says.
    let actual = max(whole - rest, Self.leastProductsFraction * whole)
    guard actual > 0, forecast > 0 else { return Self.bounds.upperBound }
    return min(max(forecast / actual, Self.bounds.lowerBound), Self.bounds.upperBound)
  }

  private func forecast(
    _ work: ModelWork, _ threads: Int, decodeFactor: Double, prefillFactor: Double,
    layer: EngineCalibration.LayerCost?
  ) -> PassForecast {
    PassForecast(
      work, rates, threads: threads,
      other: EngineDifference(
        decodeFactor: decodeFactor, prefillFactor: prefillFactor, layerSeconds: layer?.layerSeconds ?? 0,
        prefillLayerSeconds: layer?.prefillLayerSeconds ?? 0, uncertaintyFraction: 0, source: ""))
  }
}
