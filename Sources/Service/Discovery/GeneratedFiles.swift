import JSON
import OrderedCollections

/// The files under `schemas/`, computed from the list of methods.
///
/// They are checked in, and a test compares them with what this gives.
package enum GeneratedFiles {
  /// Paths below the repository's root, with the text of each file.
  package static func all() async throws -> [String: String] {
    var files: [String: String] = [:]
    files["schemas/openrpc.json"] = try text(OpenRPCDocument.describe())
    files["schemas/README.md"] = MethodReference.page()
    for method in MethodTable.all {
      let stem = "schemas/" + method.name.replacing("/", with: ".")
      files[stem + ".params.json"] = try text(schemaFile(method.params, title: "\(method.name) parameters"))
      files[stem + ".reply.json"] = try text(schemaFile(method.reply, title: "\(method.name) reply"))
      files[stem + ".examples.json"] = try text(await examples(method))
    }
    return files
  }

  private static func text(_ json: JSON) throws -> String { try json.text(pretty: true) + "\n" }

  /// A schema as a JSON Schema 2020-12 document of its own.
  private static func schemaFile(_ schema: Schema, title: String) -> JSON {
    var whole = schema
    if case .named(_, let inner) = schema.shape { whole = inner }
    guard case .object(var document) = whole.standaloneDocument() else { return .null }
    document.updateValue(.string(title), forKey: "title", insertingAt: 1)
    return .object(document)
  }

  /// The worked examples; the replies of those that are the same everywhere are part of the file.
  private static func examples(_ method: AnyMethod) async throws -> JSON {
    var entries: [JSON] = []
    for example in method.examples {
      var entry: JSON.Object = [
        "name": .string(example.name), "method": .string(method.name), "params": example.params,
      ]
      if let failure = example.failure {
        entry["error"] = ["code": .integer(Int64(failure.code)), "name": .string(failure.rawValue)]
      } else if example.isReproducible {
        entry["reply"] = try await Router().answer(method.name, example.params)
      }
      entries.append(.object(entry))
    }
    return .array(entries)
  }
}
