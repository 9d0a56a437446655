/// A unit of a reply's numbers, with the scaled forms in which people read it.
enum Unit: Sendable, Hashable, CaseIterable {
  case bytes, bytesPerSecond, tokensPerSecond, operationsPerSecond, seconds, fraction, tokens, bits, joules, watts
  case celsius, hertz, count

  /// The unit that the name of a key ends in, such as `bytesPerSecond` for `bandwidthBytesPerSecond`.
  init(ofKey key: String) {
    let endings: [(String, Unit)] = [
      ("bytespersecond", .bytesPerSecond), ("tokenspersecond", .tokensPerSecond),
      ("operationspersecond", .operationsPerSecond), ("seconds", .seconds), ("bytespertoken", .bytes),
      ("bytes", .bytes), ("fraction", .fraction),
      ("bitsperweight", .bits), ("tokens", .tokens), ("bits", .bits), ("joules", .joules), ("watts", .watts),
      ("celsius", .celsius), ("hertz", .hertz),
    ]
    let name = key.lowercased()
    self = endings.first { name.hasSuffix($0.0) }?.1 ?? .count
  }

  /// The value in this unit, in the multiple that reads best.
  func text(_ value: Double) -> String {
    let scale = scale(for: value)
    return number(value, in: scale) + (scale.name.isEmpty ? "" : " " + scale.name)
  }

  /// The number alone, in the multiple that reads best for `reference`.
  func number(_ value: Double, likewise reference: Double) -> String { number(value, in: scale(for: reference)) }

  /// The name of the multiple that reads best for a value.
  func name(for value: Double) -> String { scale(for: value).name }

  private func number(_ value: Double, in scale: Scale) -> String {
    let scaled = value / scale.size
    return switch self {
    case _ where isCounted && scaled == scaled.rounded() && abs(scaled) < 1e15: Digits.grouped(Int(scaled))
    case .fraction: Digits.significant(scaled, abs(scaled) < 10 ? 2 : 3)
    case .bytes where scale.size == 1: Digits.fixed(scaled, decimals: 0)
    default: Digits.significant(scaled)
    }
  }

  private var isCounted: Bool { self == .tokens || self == .count }

  private struct Scale {
    let size: Double
    let name: String
    /// The least value that is shown in this multiple.
    let least: Double

    init(size: Double, name: String, least: Double? = nil) {
      self.size = size
      self.name = name
      self.least = least ?? size
    }
  }

  private func scale(for value: Double) -> Scale {
    let scales = scales
    let magnitude = abs(value) * 1.0005
    return scales.first { magnitude >= $0.least } ?? scales.last ?? Scale(size: 1, name: "")
  }

  private var scales: [Scale] {
    switch self {
    case .bytes:
      [
        Scale(size: 1_099_511_627_776, name: "TiB"), Scale(size: 1_073_741_824, name: "GiB"),
        Scale(size: 1_048_576, name: "MiB"), Scale(size: 1024, name: "KiB"), Scale(size: 1, name: "B"),
      ]
    case .bytesPerSecond: Self.decimal("B/s", from: 1e12)
    case .operationsPerSecond: Self.decimal("OP/s", from: 1e12)
    case .hertz: Self.decimal("Hz", from: 1e9)
    case .seconds:
      [
        Scale(size: 60, name: "min", least: 120), Scale(size: 1, name: "s"), Scale(size: 1e-3, name: "ms"),
        Scale(size: 1e-6, name: "µs"), Scale(size: 1e-9, name: "ns"),
      ]
    case .tokensPerSecond: [Scale(size: 1, name: "tok/s")]
    case .fraction: [Scale(size: 0.01, name: "%")]
    case .tokens: [Scale(size: 1, name: "tokens")]
    case .bits: [Scale(size: 1, name: "bits")]
    case .joules: [Scale(size: 1, name: "J"), Scale(size: 1e-3, name: "mJ")]
    case .watts: [Scale(size: 1, name: "W"), Scale(size: 1e-3, name: "mW")]
    case .celsius: [Scale(size: 1, name: "°C")]
    case .count: [Scale(size: 1, name: "")]
    }
  }

  private static func decimal(_ name: String, from largest: Double) -> [Scale] {
    [(1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"), (1.0, "")].filter { $0.0 <= largest }
      .map { Scale(size: $0.0, name: $0.1 + name) }
  }
}
