import JSON

/// A number of a reply with its unit, interval and evidence; read from a quantity or from a bare number.
struct Amount: Sendable, Hashable {
  var value: Double
  var low: Double?
  var high: Double?
  var evidence: EvidenceMark?
  var samples: Int?
  var source: String?
  var unit: Unit

  /// Reads the value under `key`, whose ending names the unit; nil when there is no number.
  init?(_ reply: JSON?, _ key: String) {
    self.init(reply?[key], unit: Unit(ofKey: key))
  }

  /// Reads a quantity object or a bare number; nil for anything else.
  init?(_ json: JSON?, unit: Unit) {
    guard let json, let value = json.double ?? json["value"]?.double else { return nil }
    self.value = value
    self.unit = unit
    low = json["low"]?.double
    high = json["high"]?.double
    evidence = json["evidence"]?.string.flatMap(EvidenceMark.init(rawValue:))
    samples = json["samples"]?.integer
    source = json["source"]?.string
  }

  /// The value and its unit, such as `14.2 tok/s`.
  var short: String { unit.text(value) }

  /// The value with everything that is known about it: `14.2 tok/s (13.5–14.8, measured, 24 samples)`.
  func long(_ screen: Screen) -> String {
    var notes: [String] = []
    if let interval = interval(screen) { notes.append(interval) }
    if let evidence { notes.append(evidence.rawValue) }
    if let samples { notes.append(samples == 1 ? "1 sample" : "\(Digits.grouped(samples)) samples") }
    return notes.isEmpty ? short : "\(short) (\(notes.joined(separator: ", ")))"
  }

  /// The value with the sign of its evidence, for tables: `14.2 tok/s ●`.
  func marked(_ screen: Screen) -> String {
    evidence.map { "\(short) \($0.sign(screen))" } ?? short
  }

  /// The 80 % interval in the multiple of the value; nil when the value is exact.
  func interval(_ screen: Screen) -> String? {
    guard let low, let high, low < high else { return nil }
    return unit.number(low, likewise: value) + screen.glyphs.range + unit.number(high, likewise: value)
  }
}
