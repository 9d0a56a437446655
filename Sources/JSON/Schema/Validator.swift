import OrderedCollections

/// A walk over a value beside its schema, which notes where they part.
struct Validator {
  let limit: Int
  private(set) var violations: [Schema.Violation] = []
  /// Whether there is any violation; without `describes` it is all that is noted.
  private(set) var hasViolation = false
  private let describes: Bool
  private var path: [JSON.Pointer.Step] = []

  /// Makes a walk that stops after `limit` violations, or one that only finds out whether there are any.
  init(limit: Int, describes: Bool = true) {
    self.limit = limit
    self.describes = describes
  }

  private var isOver: Bool { describes ? violations.count >= limit : hasViolation }

  mutating func check(_ value: JSON, against schema: Schema) {
    guard !isOver else { return }
    switch (schema.shape, value) {
    case (.any, _), (.null, .null), (.boolean, .bool): break
    case (.integer(let range), _):
      if let whole = value.exactly(Int64.self), range.contains(whole) { break }
      note(value, schema)
    case (.number(let range), _):
      if let number = value.double, range.contains(number) { break }
      note(value, schema)
    case (.string(let rule), .string(let text)):
      if rule.contains(text) { break }
      note(value, schema, nearTo: text, among: rule.choices)
    case (.array(let element, let count), .array(let values)):
      check(values, element, count, schema)
    case (.object(let members), .object(let object)):
      check(object, members)
    case (.oneOf(let alternatives), _):
      check(value, among: alternatives, schema)
    case (.nullable(let inner), _):
      if value == .null { break }
      if inner.admitsKind(of: value) { check(value, against: inner) } else { note(value, schema) }
    case (.named(_, let inner), _):
      check(value, against: inner)
    case (.constant(let constant), _):
      if value != constant { note(value, schema) }
    default:
      note(value, schema)
    }
  }

  private mutating func check(_ values: [JSON], _ element: Schema, _ count: ClosedRange<Int>, _ schema: Schema) {
    if !count.contains(values.count) { note(schema, found: "\(values.count) elements") }
    if element.shape == .any { return }
    for (index, value) in values.enumerated() {
      guard !isOver else { return }
      path.append(.index(index))
      check(value, against: element)
      path.removeLast()
    }
  }

  private mutating func check(_ object: JSON.Object, _ members: Schema.Members) {
    for (key, value) in object {
      guard !isOver else { return }
      path.append(.key(key))
      if let member = members.known[key] {
        check(value, against: member.schema)
      } else if case .values(let schema) = members.additional {
        check(value, against: schema)
      } else if case .refused = members.additional {
        noteUnknown(key, object, members)
      }
      path.removeLast()
    }
    for member in members.known.values where member.isRequired && object[member.name] == nil {
      guard !isOver else { return }
      path.append(.key(member.name))
      note(member.schema, found: "nothing: this field is required")
      path.removeLast()
    }
  }

  private mutating func check(_ value: JSON, among alternatives: [Schema], _ schema: Schema) {
    let fitting = alternatives.count { $0.admitsKind(of: value) && $0.accepts(value) }
    if fitting == 1 { return }
    if fitting > 1 {
      note(schema, found: "\(value.excerpt()), which fits \(fitting) of them")
      return
    }
    var near = alternatives.filter { $0.admitsKind(of: value) }
    if near.count > 1, case .object(let object) = value {
      near = near.filter { $0.isChosen(by: object) }
      // Then the alternative of whose required fields there are most, none of them absent.
      let ranked = near.compactMap { schema in schema.requiredFields(presentIn: object).map { ($0, schema) } }
      if let most = ranked.map(\.0).max(), ranked.count(where: { $0.0 == most }) == 1 {
        near = ranked.filter { $0.0 == most }.map(\.1)
      }
    }
    if near.count == 1, let meant = near.first {
      check(value, against: meant)
    } else {
      note(value, schema)
    }
  }

  private mutating func note(_ value: JSON, _ schema: Schema, nearTo text: String = "", among choices: [String] = []) {
    note(
      expected: schema.expectation, found: value.excerpt(),
      didYouMean: choices.isEmpty ? nil : Spelling.nearest(to: text, among: choices))
  }

  private mutating func note(_ schema: Schema, found: @autoclosure () -> String) {
    note(expected: schema.expectation, found: found(), didYouMean: nil)
  }

  private mutating func note(
    expected: @autoclosure () -> String, found: @autoclosure () -> String, didYouMean: @autoclosure () -> String?
  ) {
    hasViolation = true
    guard describes else { return }
    violations.append(
      Schema.Violation(
        pointer: JSON.Pointer(path).description, expected: expected(), found: found(), didYouMean: didYouMean()))
  }

  private mutating func noteUnknown(_ key: String, _ object: JSON.Object, _ members: Schema.Members) {
    let known = members.known.keys
    var expected: String {
      let names = known.prefix(24).joined(separator: ", ")
      return known.isEmpty ? "no fields" : "only the fields \(names)\(known.count > 24 ? ", …" : "")"
    }
    note(
      expected: expected, found: "the unknown field \(JSON.string(key).excerpt())",
      didYouMean: Spelling.nearest(to: key, among: known.filter { object[$0] == nil }))
  }
}
