import OrderedCollections

extension Schema {
  /// What this schema wants, in a few words, such as `an integer from 1 to 8`.
  package var expectation: String {
    switch shape {
    case .any: "any value"
    case .null: "null"
    case .boolean: "true or false"
    case .integer(let range):
      "an integer"
        + Self.bounds(
          range.lowerBound == .min ? nil : "\(range.lowerBound)", range.upperBound == .max ? nil : "\(range.upperBound)"
        )
    case .number(let range): "a number" + range.bounds
    case .string(let rule): rule.expectation
    case .array(_, let count): "an array" + Self.bounds(count, "elements")
    case .object(let members) where members.known.isEmpty: "an object"
    case .object(let members): "an object with \(members.known.keys.prefix(8).joined(separator: ", "))"
    case .oneOf(let alternatives): alternatives.map(\.expectation).joined(separator: " or ")
    case .nullable(let schema): schema.expectation + " or null"
    case .named(_, let schema): schema.expectation
    case .constant(let value): value.excerpt()
    }
  }

  fileprivate static func bounds(_ low: String?, _ high: String?) -> String {
    switch (low, high) {
    case (nil, nil): ""
    case (let low?, nil): " of at least \(low)"
    case (nil, let high?): " of at most \(high)"
    case (let low?, let high?): " from \(low) to \(high)"
    }
  }

  fileprivate static func bounds(_ count: ClosedRange<Int>, _ unit: String) -> String {
    let (low, high) = (count.lowerBound, count.upperBound)
    if low == 0, high == .max { return "" }
    let text = high == .max ? "at least \(low)" : low == high ? "\(low)" : "\(low) to \(high)"
    return " of \(text) \(unit)"
  }
}

extension Schema.NumberRange {
  fileprivate var bounds: String {
    let high = highest.map { excludesHighest ? " less than \($0)" : " of at most \($0)" } ?? ""
    guard let lowest else { return high }
    if let highest, !excludesLowest, !excludesHighest { return " from \(lowest) to \(highest)" }
    let low = excludesLowest ? " greater than \(lowest)" : " of at least \(lowest)"
    return high.isEmpty ? low : "\(low) and\(high)"
  }

  func contains(_ value: Double) -> Bool {
    if let lowest, excludesLowest ? value <= lowest : value < lowest { return false }
    if let highest, excludesHighest ? value >= highest : value > highest { return false }
    return value.isFinite
  }
}

extension Schema.TextRule {
  fileprivate var expectation: String {
    if choices.isEmpty { return "a string" + Schema.bounds(length, "characters") }
    let shown = choices.prefix(24).map { "\"\($0)\"" }.joined(separator: ", ")
    return choices.count == 1 ? shown : "one of \(shown)\(choices.count > 24 ? ", …" : "")"
  }

  func contains(_ value: String) -> Bool {
    if !choices.isEmpty { return choices.contains(value) }
    return length == 0...Int.max || length.contains(value.unicodeScalars.count)
  }
}
