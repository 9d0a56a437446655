import Knowledge
import TensorFormats

/// How engines that were not calibrated here usually differ: shares of the machine's ceilings that they reach.
enum UsualDifference {
  /// The shares of an engine for formats of one kind.
  struct Shares {
    /// Of the read bandwidth, at most, with one token.
    let bandwidth: Double
    /// Of the ceiling in registers, with one token: what bounds formats that are slow to unpack.
    let single: Double
    /// Of the ceiling in registers, with many tokens.
    let many: Double
  }

  /// llama.cpp's shares by format, from the medians of one run of `Tests/Benchmarks/prediction.py --refresh` with four shapes on two
  /// virtual cores of an AMD EPYC with AVX-512 VNNI; on other processors they are assumed.
  private static func llamaCpp(_ format: TensorFormat) -> Shares {
    switch format.name {
    case "F32", "F16", "BF16": Shares(bandwidth: 0.85, single: 0.3, many: 0.66)
    case "Q8_0": Shares(bandwidth: 0.85, single: 0.085, many: 0.175)
    case "Q4_0", "IQ4_NL": Shares(bandwidth: 0.85, single: 0.155, many: 0.245)
    case "Q6_K": Shares(bandwidth: 0.85, single: 0.11, many: 0.3)
    default: Shares(bandwidth: 0.85, single: 0.1, many: 0.18)
    }
  }

  /// The difference of an engine on a machine for the format of most weights; nil for ours.
  static func of(
    _ engine: SpeedEngine, format: TensorFormat, rates: EngineRates, threads: Int, layerSeconds: Double
  ) -> EngineDifference? {
    guard engine != .edgewise else { return nil }
    let shares = llamaCpp(format)
    let ceiling = format.valuesPerBlock == 1 ? rates.float32 : rates.int8
    let part = Double(min(threads, rates.threads)) / Double(rates.threads)
    guard let bandwidth = rates.bandwidth(threads: threads), ceiling > 0,
      let ours = rates.decodeBytesPerSecond(format, threads: threads, cachedFraction: 0), ours > 0,
      let oursMany = rates.operationsPerSecond(format, tokens: 256, threads: threads), oursMany > 0
    else { return nil }
    let computed = shares.single * ceiling * part / 2 * format.bitsPerValue / 8
    let single = min(shares.bandwidth * bandwidth, computed)
    let isOther = engine != .llamaCpp
    return EngineDifference(
      decodeFactor: single / ours, prefillFactor: shares.many * ceiling * part / oursMany, layerSeconds: layerSeconds,
      prefillLayerSeconds: layerSeconds, uncertaintyFraction: isOther ? 0.5 : 0.3,
      source: "shares of the measured ceilings that llama.cpp usually reaches"
        + (isOther ? ", for want of any of \(engine.rawValue)" : "")
        + "; calibrate/engine finds those of an installed build")
  }
}
