import OrderedCollections

extension Schema {
  /// Where a printed schema finds the schemas that have names.
  package enum References: Sendable {
    /// `#/components/schemas/Name`, for OpenRPC.
    case components
    /// `#/$defs/Name`, for a JSON Schema document that stands alone.
    case definitions
    /// Nowhere: named schemas are printed where they are used.
    case inline
  }

  /// The schema as JSON Schema, with named schemas as references into the place that `references` names.
  package func document(references: References = .inline) -> JSON {
    var members = keywords(references)
    if !summary.isEmpty { members["description"] = .string(summary) }
    return .object(members)
  }

  /// The schema as a whole document: its dialect, its keywords and `$defs` for what it refers to.
  package func standaloneDocument() -> JSON {
    var members: JSON.Object = ["$schema": "https://json-schema.org/draft/2020-12/schema"]
    if case .object(let own) = document(references: .definitions) { members.merge(own) { _, own in own } }
    let definitions = definitions(references: .definitions)
    if !definitions.isEmpty { members["$defs"] = .object(definitions) }
    return .object(members)
  }

  /// The named schemas that this one refers to, directly or not, as JSON Schema under their names, sorted.
  package func definitions(references: References) -> JSON.Object {
    var found: [String: Schema] = [:]
    collect(into: &found)
    var object = JSON.Object()
    for (name, schema) in found.sorted(by: { $0.key < $1.key }) {
      object[name] = schema.document(references: references)
    }
    return object
  }

  private func collect(into found: inout [String: Schema]) {
    switch shape {
    case .named(let name, let schema):
      found[name] = schema
      schema.collect(into: &found)
    case .array(let element, _): element.collect(into: &found)
    case .nullable(let schema): schema.collect(into: &found)
    case .oneOf(let alternatives): alternatives.forEach { $0.collect(into: &found) }
    case .object(let members):
      members.known.values.forEach { $0.schema.collect(into: &found) }
      if case .values(let schema) = members.additional { schema.collect(into: &found) }
    case .any, .null, .boolean, .integer, .number, .string, .constant: break
    }
  }

  private func keywords(_ references: References) -> JSON.Object {
    switch shape {
    case .any: return [:]
    case .null: return ["type": "null"]
    case .boolean: return ["type": "boolean"]
    case .integer(let range):
      var object: JSON.Object = ["type": "integer"]
      if range.lowerBound != .min { object["minimum"] = .integer(range.lowerBound) }
      if range.upperBound != .max { object["maximum"] = .integer(range.upperBound) }
      return object
    case .number(let range): return range.keywords
    case .string(let rule): return rule.keywords
    case .array(let element, let count):
      var object: JSON.Object = ["type": "array"]
      if element.shape != .any { object["items"] = element.document(references: references) }
      if count.lowerBound > 0 { object["minItems"] = .integer(Int64(count.lowerBound)) }
      if count.upperBound < .max { object["maxItems"] = .integer(Int64(count.upperBound)) }
      return object
    case .object(let members): return members.keywords(references)
    case .oneOf(let alternatives):
      return ["oneOf": .array(alternatives.map { $0.document(references: references) })]
    case .nullable(let schema):
      return ["oneOf": [schema.document(references: references), ["type": "null"]]]
    case .named(let name, let schema):
      switch references {
      case .components: return ["$ref": .string("#/components/schemas/\(name)")]
      case .definitions: return ["$ref": .string("#/$defs/\(name)")]
      case .inline: return schema.document(references: references).object ?? [:]
      }
    case .constant(let value): return ["const": value]
    }
  }
}

extension Schema.Members {
  fileprivate func keywords(_ references: Schema.References) -> JSON.Object {
    var object: JSON.Object = ["type": "object"]
    if !known.isEmpty {
      object["properties"] = .object(known.mapValues { $0.schema.document(references: references) })
    }
    let required = known.values.filter(\.isRequired)
    if !required.isEmpty { object["required"] = .array(required.map { .string($0.name) }) }
    switch additional {
    case .refused: object["additionalProperties"] = false
    case .allowed: break
    case .values(let schema): object["additionalProperties"] = schema.document(references: references)
    }
    return object
  }
}

extension Schema.NumberRange {
  fileprivate var keywords: JSON.Object {
    var object: JSON.Object = ["type": "number"]
    if let lowest { object[excludesLowest ? "exclusiveMinimum" : "minimum"] = .shortest(lowest) }
    if let highest { object[excludesHighest ? "exclusiveMaximum" : "maximum"] = .shortest(highest) }
    return object
  }
}

extension Schema.TextRule {
  fileprivate var keywords: JSON.Object {
    var object: JSON.Object = ["type": "string"]
    if !choices.isEmpty { object["enum"] = .array(choices.map(JSON.string)) }
    if length.lowerBound > 0 { object["minLength"] = .integer(Int64(length.lowerBound)) }
    if length.upperBound < .max { object["maxLength"] = .integer(Int64(length.upperBound)) }
    return object
  }
}

extension JSON {
  /// A whole number as an integer, so that a bound reads `0` and not `0.0`.
  fileprivate static func shortest(_ value: Double) -> JSON {
    Int64(exactly: value).map(JSON.integer) ?? .number(value)
  }
}
