package import JSON
import OrderedCollections

/// The description of every method that `rpc.discover` returns.
///
/// Format: OpenRPC 1.4.1 (2026-02-25), <https://spec.open-rpc.org>.
package enum OpenRPCDocument {
  /// Describes `methods`; schemas that have names stand once under `components.schemas`.
  package static func describe(_ methods: [AnyMethod] = MethodTable.all) -> JSON {
    var definitions = JSON.Object()
    for method in methods {
      for schema in [method.params, method.reply] {
        definitions.merge(schema.definitions(references: .components)) { first, _ in first }
      }
    }
    definitions.sort()
    return [
      "openrpc": "1.4.1",
      "info": [
        "title": "Edgewise",
        "version": .string(Product.version),
        "description": .string(Product.summary),
      ],
      "methods": .array(methods.map(describe)),
      "components": ["schemas": .object(definitions), "errors": .object(errors)],
    ]
  }

  private static func describe(_ method: AnyMethod) -> JSON {
    let fields = method.params.members.map { member -> JSON in
      [
        "name": .string(member.name),
        "summary": .string(member.schema.summary),
        "required": .bool(member.isRequired),
        "schema": member.schema.document(references: .components),
      ]
    }
    return [
      "name": .string(method.name),
      "summary": .string(method.summary),
      "description": .string(method.discussion),
      "tags": [["name": .string(String(method.name.prefix { $0 != "/" }))]],
      "paramStructure": "by-name",
      "params": .array(fields),
      "result": ["name": "reply", "schema": method.reply.document(references: .components)],
      "errors": .array(Failure.Name.allCases.map { ["$ref": .string("#/components/errors/\($0.rawValue)")] }),
      "x-scheduling": .string(method.scheduling.rawValue),
      "x-title": .string(method.card.title),
      "x-read-only": .bool(method.card.readOnly),
      "x-examples": .array(method.examples.map { ["name": .string($0.name), "params": $0.params] }),
    ]
  }

  private static let errors = JSON.Object(
    uniqueKeysWithValues: Failure.Name.allCases.map { name in
      (name.rawValue, ["code": .integer(Int64(name.code)), "message": .string(name.meaning)])
    })
}

extension Schema {
  /// The known members of an object schema, in documentation order; empty for any other schema.
  var members: [Member] {
    switch shape {
    case .object(let members): Array(members.known.values)
    case .named(_, let schema): schema.members
    default: []
    }
  }
}
