import Evidence
import Knowledge

/// Decode rates of formats on a machine: those that were measured there, and the predictions of `model/speed`, which measured
/// ones correct.
struct DecodeRates {
  private let question: QuantizationQuestion
  private let engine: SpeedEngine
  /// nil when nothing tells how fast the device reads memory.
  let basis: SpeedBasis?
  /// What was measured, by the bits of the format.
  private let anchors: [(record: QuantizationRecord, rate: Double)]

  init(_ advisor: QuantizationAdvisor, _ records: [QuantizationRecord]) {
    question = advisor.question
    engine = SpeedEngine(advisor.framework) ?? .llamaCpp
    basis = advisor.question.speed?.basis(advisor.device)
    anchors = records.compactMap { record in
      guard let rate = advisor.question.measuredDecodeTokensPerSecond[record.name], rate > 0, rate.isFinite else {
        return nil
      }
      return (record, rate)
    }
  }

  /// The prediction of `model/speed` with half of the context in the cache; nil where it has none.
  func prediction(_ record: QuantizationRecord) -> SpeedPrediction? {
    guard let basis, let reference = question.reference else { return nil }
    var speed = SpeedQuestion(model: reference)
    speed.format = record.id
    speed.engine = engine.rawValue
    speed.promptTokens = 1
    speed.depthTokens = min(question.contextTokens, 1 << 24) / 2
    return try? Advisor().prediction(speed, basis: basis)
  }

  func rate(_ record: QuantizationRecord, _ prediction: SpeedPrediction?) -> Quantity? {
    if let measured = anchors.first(where: { $0.record.name == record.name })?.rate {
      return Quantity(
        measured, low: measured * 0.97, high: measured * 1.03, evidence: .measured,
        source: "given as measured with this model on this machine; 3 % for the spread between runs")
    }
    let nearest = anchors.min {
      abs($0.record.bitsPerWeight - record.bitsPerWeight) < abs($1.record.bitsPerWeight - record.bitsPerWeight)
    }
    guard let nearest else { return prediction?.decodeTokensPerSecond }
    if let here = prediction?.decodeTokensPerSecond.value, here > 0,
      let there = self.prediction(nearest.record)?.decodeTokensPerSecond.value, there > 0
    {
      return Self.scaled(nearest, by: here / there, spread: 0.2, "the ratio of their predicted rates")
    }
    guard let here = bytesPerToken(record), let there = bytesPerToken(nearest.record), here > 0 else { return nil }
    return Self.scaled(nearest, by: there / here, spread: 0.3, "the bytes that a token reads")
  }

  /// The bytes of weights and cache that a token reads with half of the context in the cache; nil when the model's shape is not
  /// known.
  func bytesPerToken(_ record: QuantizationRecord) -> Double? {
    guard let reference = question.reference,
      let work = try? Advisor().work(of: reference, format: record.id).work
    else { return nil }
    let cache = question.memory.forecast(MemorySettings(contextTokens: question.contextTokens)).bytes(.kvCache)
    return work.bytesReadPerToken + cache / 2
  }

  private static func scaled(
    _ anchor: (record: QuantizationRecord, rate: Double), by factor: Double, spread: Double, _ how: String
  ) -> Quantity {
    let rate = anchor.rate * factor
    return Quantity(
      rate, low: rate * (1 - spread), high: rate * (1 + spread), evidence: .calibrated,
      source: "measured rate in \(anchor.record.name), scaled by \(how)")
  }
}
