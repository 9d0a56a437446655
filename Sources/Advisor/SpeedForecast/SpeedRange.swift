import Evidence

/// How far actual speeds lie from a prediction, four times of five.
struct SpeedRange {
  /// Fractions, of decode and of prefill.
  let decode: Double
  let prefill: Double
  let evidence: Evidence
  let source: String

  /// What the forecast itself is taken to be off by for our own engine on a measured machine, beside the spread of the
  /// measurements; Tests/Benchmarks/prediction.py holds it against runs.
  private static let ownForecast = (decode: 0.08, prefill: 0.12)
  /// The same for a machine of which only the memory's bandwidth is known.
  private static let describedForecast = (decode: 0.5, prefill: 1.5)

  /// Of decode on a processor beside a GPU that the memory was made for.
  private static let sharedForecast = 1.0
  /// Of decode on a machine whose bandwidth was measured, but nothing else.
  private static let bandwidthForecast = 0.35
  /// What a format that others stand in for is taken to differ by.
  private static let formatStandIn = 0.3

  init(_ model: WorkMemory.Known, _ basis: SpeedBasis, _ difference: EngineDifference?) {
    evidence = basis.evidence
    // An engine that ran in the very format was compared with the same stand-in.
    let format = model.formatStandIn == nil || difference?.isOfFormat == true ? 0 : Self.formatStandIn
    guard basis.profile != nil else {
      let described = basis.sharesMemory ? Self.sharedForecast : Self.describedForecast.decode
      let known = basis.evidence == .calibrated ? Self.bandwidthForecast : described
      decode = Uncertainty.together([known, format])
      prefill = Uncertainty.together([Self.describedForecast.prefill, format])
      source = "bytes and operations at rates that follow from the machine's description"
      return
    }
    let spread = basis.rates.spreadFraction(model.work.mainFormat)
    let engine = difference?.uncertaintyFraction ?? 0
    // Where single passes differ much, so do minutes: others use the same memory.
    decode = Uncertainty.together([Self.ownForecast.decode, spread, engine, format])
    prefill = Uncertainty.together([Self.ownForecast.prefill, spread / 2, engine, format])
    source =
      "bytes and operations by format at the rates measured \(basis.record.state == .given ? "there" : "here")"
      + (difference.map { ", times \($0.source)" } ?? "")
  }

  func quantity(_ value: Double, _ fraction: Double, _ source: String) -> Quantity {
    let value = value.isFinite ? value : 0
    return Quantity(
      value, low: value / (1 + fraction), high: value * (1 + fraction), evidence: evidence, source: source)
  }
}
