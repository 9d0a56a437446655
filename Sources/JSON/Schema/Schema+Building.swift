import OrderedCollections

extension Schema {
  /// Any JSON value.
  package static let any = Schema(.any)
  /// Only null.
  package static let null = Schema(.null)
  /// True or false.
  package static let boolean = Schema(.boolean)
  /// Any whole number of 64 bits.
  package static let integer = Schema(.integer(.min ... .max))
  /// Any finite number.
  package static let number = Schema(.number(NumberRange()))
  /// Any text.
  package static let string = Schema(.string(TextRule()))

  /// A whole number in `range`.
  package static func integer(_ range: ClosedRange<Int64>) -> Schema { Schema(.integer(range)) }

  /// A whole number of `range` at least.
  package static func integer(_ range: PartialRangeFrom<Int64>) -> Schema { integer(range.lowerBound ... .max) }

  /// A number in `range`, ends included.
  package static func number(_ range: ClosedRange<Double>) -> Schema {
    Schema(.number(NumberRange(lowest: range.lowerBound, highest: range.upperBound)))
  }

  /// A number of `range` at least.
  package static func number(_ range: PartialRangeFrom<Double>) -> Schema {
    Schema(.number(NumberRange(lowest: range.lowerBound)))
  }

  /// A number greater than `bound`, and at most `highest` if there is one.
  package static func number(above bound: Double, through highest: Double? = nil) -> Schema {
    Schema(.number(NumberRange(lowest: bound, highest: highest, excludesLowest: true)))
  }

  /// One of `choices`.
  package static func string(_ choices: [String]) -> Schema { Schema(.string(TextRule(choices: choices))) }

  /// Text of a length in `length`, counted in Unicode code points.
  package static func string(length: ClosedRange<Int>) -> Schema { Schema(.string(TextRule(length: length))) }

  /// Text of at least one character.
  package static let text = Schema(.string(TextRule(length: 1...Int.max)))

  /// One of the raw values of an enumeration.
  package static func cases<Choice: CaseIterable & RawRepresentable>(_ type: Choice.Type) -> Schema
  where Choice.RawValue == String {
    string(type.allCases.map(\.rawValue))
  }

  /// An array of `element`, with `count` elements.
  package static func array(_ element: Schema, count: ClosedRange<Int> = 0...Int.max) -> Schema {
    Schema(.array(element, count: count))
  }

  /// An object with exactly these members, for what a caller sends: unknown fields are refused.
  package static func object(
    _ summary: String, additional: Additional = .refused, _ members: [Member]
  ) -> Schema {
    let known = OrderedDictionary(members.map { ($0.name, $0) }, uniquingKeysWith: { _, last in last })
    return Schema(.object(Members(known: known, additional: additional)), summary)
  }

  /// An object with exactly these members that speaks for itself.
  package static func object(_ members: [Member]) -> Schema { object("", members) }

  /// An object with at least these members that speaks for itself.
  package static func record(_ members: [Member]) -> Schema { record("", members) }

  /// An object with at least these members, for what is replied: readers ignore fields that they do not know.
  package static func record(_ summary: String, _ members: [Member]) -> Schema {
    object(summary, additional: .allowed, members)
  }

  /// An object of any keys whose values are all described by `value`.
  package static func map(_ summary: String = "", of value: Schema) -> Schema {
    object(summary, additional: .values(value), [])
  }

  /// Exactly one of `alternatives`.
  package static func oneOf(_ alternatives: [Schema]) -> Schema { Schema(.oneOf(alternatives)) }

  /// `schema` or null.
  package static func nullable(_ schema: Schema) -> Schema { Schema(.nullable(schema)) }

  /// A schema printed once under `name` and referred to everywhere else.
  package static func named(_ name: String, _ schema: Schema) -> Schema { Schema(.named(name, schema)) }

  /// Only `value`.
  package static func constant(_ value: JSON) -> Schema { Schema(.constant(value)) }

  /// The same schema with another sentence for its reader.
  package func described(_ summary: String) -> Schema {
    var copy = self
    copy.summary = summary
    return copy
  }
}

extension Schema.Member {
  /// A member that must be there.
  package static func required(_ name: String, _ schema: Schema, _ summary: String = "") -> Schema.Member {
    Schema.Member(name: name, schema: summary.isEmpty ? schema : schema.described(summary), isRequired: true)
  }

  /// A member that may be absent.
  package static func optional(_ name: String, _ schema: Schema, _ summary: String = "") -> Schema.Member {
    Schema.Member(name: name, schema: summary.isEmpty ? schema : schema.described(summary), isRequired: false)
  }
}
