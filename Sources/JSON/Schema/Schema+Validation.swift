import OrderedCollections

extension Schema {
  /// Where `value` is not as this schema wants it: nothing when it is valid, `limit` places at most.
  package func violations(in value: JSON, limit: Int = 16) -> [Violation] {
    var validator = Validator(limit: limit)
    validator.check(value, against: self)
    return validator.violations
  }

  /// Whether `value` is as this schema wants it.
  package func accepts(_ value: JSON) -> Bool {
    var validator = Validator(limit: 1, describes: false)
    validator.check(value, against: self)
    return !validator.hasViolation
  }

  /// Whether `value` is of a kind that this schema could accept, whatever it contains.
  func admitsKind(of value: JSON) -> Bool {
    switch (shape, value) {
    case (.any, _), (.null, .null), (.boolean, .bool), (.integer, .integer), (.number, .integer), (.number, .number),
      (.string, .string), (.array, .array), (.object, .object):
      true
    case (.integer, _): value.exactly(Int64.self) != nil
    case (.oneOf(let alternatives), _): alternatives.contains { $0.admitsKind(of: value) }
    case (.nullable(let schema), _): value == .null || schema.admitsKind(of: value)
    case (.named(_, let schema), _): schema.admitsKind(of: value)
    case (.constant(let constant), _): constant == value
    default: false
    }
  }

  /// Whether `object` has the values that tell this alternative from the others: its required constants.
  func isChosen(by object: JSON.Object) -> Bool {
    switch shape {
    case .named(_, let schema): schema.isChosen(by: object)
    case .object(let members):
      members.known.values.allSatisfy { member in
        guard member.isRequired, case .constant(let constant) = member.schema.shape else { return true }
        return object[member.name] == constant
      }
    default: false
    }
  }

  /// How many fields this alternative requires, when `object` has them all; nil when one is absent.
  func requiredFields(presentIn object: JSON.Object) -> Int? {
    switch shape {
    case .named(_, let schema): return schema.requiredFields(presentIn: object)
    case .object(let members):
      let required = members.known.values.filter(\.isRequired)
      return required.allSatisfy { object[$0.name] != nil } ? required.count : nil
    default: return nil
    }
  }
}
