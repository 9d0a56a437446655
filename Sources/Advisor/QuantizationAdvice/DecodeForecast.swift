import Evidence
import Knowledge

/// Forecasts decode rates: bandwidth over the bytes that one token reads, times the share that engines reach.
struct DecodeForecast {
  /// The share of the ceiling that F16 decode reached: 77 % for Qwen3-4B in bf16 on an M4 Max (MLX-LM BENCHMARKS).
  private static let unquantizedShare = 0.77
  private static let unquantizedSource = "MLX-LM BENCHMARKS: 77 % of the ceiling in bf16 on an M4 Max"

  let bandwidthBytesPerSecond: Double?
  let bandwidthIsMeasured: Bool
  /// By format name.
  let measured: [String: Double]
  /// The format that other rates are scaled from, with its bytes per token and its share.
  private let anchor: (name: String, rate: Double, bytes: Double, share: Double)?

  init(
    bandwidthBytesPerSecond: Double?, bandwidthIsMeasured: Bool, measured: [String: Double],
    records: [QuantizationRecord], bytesPerToken: (QuantizationRecord) -> Double?
  ) {
    self.bandwidthBytesPerSecond = bandwidthBytesPerSecond
    self.bandwidthIsMeasured = bandwidthIsMeasured
    self.measured = measured.filter { $0.value > 0 && $0.value.isFinite }
    let anchors = records.compactMap { record -> (String, Double, Double, Double)? in
      guard let rate = measured[record.name], rate > 0, let bytes = bytesPerToken(record) else { return nil }
      return (record.name, rate, bytes, Self.share(record))
    }
    // Scaling from four to five bits changes least for the formats that matter most.
    anchor = anchors.min { abs($0.2 - 4.5e9) < abs($1.2 - 4.5e9) }
  }

  /// The rate for a format that reads `bytes` for each token, cache included.
  func rate(_ record: QuantizationRecord, bytes: Double) -> Quantity? {
    guard bytes > 0 else { return nil }
    if let rate = measured[record.name] {
      return Quantity(
        rate, low: rate * 0.97, high: rate * 1.03, evidence: .measured,
        source: "given as measured with this model on this machine; 3 % for the spread between runs")
    }
    let share = Self.share(record)
    if let anchor {
      let rate = anchor.rate * (anchor.bytes / bytes) * (share / anchor.share)
      return Quantity(
        rate, low: rate * 0.8, high: rate * 1.2, evidence: .calibrated,
        source: "measured rate in \(anchor.name), scaled by bytes per token and by \(Self.shareSource(record))")
    }
    guard let bandwidthBytesPerSecond, bandwidthBytesPerSecond > 0 else { return nil }
    let ceiling = bandwidthBytesPerSecond / bytes
    let rate = ceiling * Self.unquantizedShare * share
    let high = min(ceiling * 0.95, rate * (bandwidthIsMeasured ? 1.35 : 1.5))
    let kind = bandwidthIsMeasured ? "measured" : "stated"
    return Quantity(
      rate, low: rate * (bandwidthIsMeasured ? 0.65 : 0.5), high: max(rate, high),
      evidence: bandwidthIsMeasured ? .calibrated : .published,
      source: """
        \(kind) bandwidth / bytes per token x 0.77 (\(Self.unquantizedSource)) x \(NumberText.text(share)) \
        (\(Self.shareSource(record)))
        """)
  }

  /// The share of F16's bytes per second that a format reaches; where none is published that of its bits.
  private static func share(_ record: QuantizationRecord) -> Double {
    if let share = record.bandwidthShareFraction { return share }
    return switch record.weightBits {
    case 9...: 1
    case 7...8: 0.93
    case 5...6: 0.82
    case 4: 0.75
    case 3: 0.57
    default: 0.5
    }
  }

  private static func shareSource(_ record: QuantizationRecord) -> String {
    record.bandwidthShareSource ?? "share of formats with as many bits in llama.cpp tools/quantize README"
  }
}
