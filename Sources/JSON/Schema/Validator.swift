import OrderedCollections

/// A walk over a value beside its schema, which notes where they part.
struct Validator {
  let limit: Int
  private(set) var violations: [Schema.Violation] = []
  private var path: [JSON.Pointer.Step] = []

  init(limit: Int) { self.limit = limit }

  mutating func check(_ value: JSON, against schema: Schema) {
    guard violations.count < limit else { return }
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
      note(value, schema, didYouMean: Spelling.nearest(to: text, among: rule.choices))
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
      guard violations.count < limit else { return }
      path.append(.index(index))
      check(value, against: element)
      path.removeLast()
    }
  }

  private mutating func check(_ object: JSON.Object, _ members: Schema.Members) {
    for (key, value) in object {
      guard violations.count < limit else { return }
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
      guard violations.count < limit else { return }
      path.append(.key(member.name))
      note(member.schema, found: "nothing: this field is required")
      path.removeLast()
    }
  }

  private mutating func check(_ value: JSON, among alternatives: [Schema], _ schema: Schema) {
    let fitting = alternatives.count { $0.accepts(value) }
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

  private mutating func note(_ value: JSON, _ schema: Schema, didYouMean: String? = nil) {
    note(schema, found: value.excerpt(), didYouMean: didYouMean)
  }

  private mutating func note(_ schema: Schema, found: String, didYouMean: String? = nil) {
    violations.append(
      Schema.Violation(
        pointer: JSON.Pointer(path).description, expected: schema.expectation, found: found, didYouMean: didYouMean))
  }

  private mutating func noteUnknown(_ key: String, _ object: JSON.Object, _ members: Schema.Members) {
    let known = members.known.keys
    let absent = known.filter { object[$0] == nil }
    let names = known.prefix(24).joined(separator: ", ")
    violations.append(
      Schema.Violation(
        pointer: JSON.Pointer(path).description,
        expected: known.isEmpty ? "no fields" : "only the fields \(names)\(known.count > 24 ? ", …" : "")",
        found: "the unknown field \(JSON.string(key).excerpt())",
        didYouMean: Spelling.nearest(to: key, among: absent)))
  }
}
