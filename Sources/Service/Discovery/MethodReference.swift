import JSON

/// The generated page that describes every method for people.
package enum MethodReference {
  package static func page(_ methods: [AnyMethod] = MethodTable.all) -> String {
    var lines = [
      "# Methods",
      "",
      "Generated from `Sources/Service/Methods` by `swift run edgewise-generate`; do not edit.",
      "`openrpc.json` is what `rpc.discover` returns. Beside it, each method has its parameters and its reply as JSON",
      "Schema 2020-12, and its worked examples, which the tests run.",
      "",
      "| method | what it does |",
      "| --- | --- |",
    ]
    lines += methods.map { "| [`\($0.name)`](#\(anchor($0.name))) | \($0.summary) |" }
    for method in methods { lines += section(method) }
    lines += ["", "## Errors", "", "| code | name | meaning |", "| --- | --- | --- |"]
    lines += Failure.Name.allCases.map { "| \($0.code) | `\($0.rawValue)` | \($0.meaning) |" }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func section(_ method: AnyMethod) -> [String] {
    var lines = ["", "## `\(method.name)`", "", method.summary, "", method.discussion]
    let fields = method.params.members
    if fields.isEmpty {
      lines += ["", "No parameters."]
    } else {
      lines += ["", "| parameter | type | |", "| --- | --- | --- |"]
      lines += fields.map {
        "| `\($0.name)`\($0.isRequired ? " (required)" : "") | \(cell($0.schema.expectation)) | \(cell($0.schema.summary)) |"
      }
    }
    lines += ["", "Reply:", "", "| field | type | |", "| --- | --- | --- |"]
    lines += method.reply.members.map {
      "| `\($0.name)` | \(cell($0.schema.expectation)) | \(cell($0.schema.summary)) |"
    }
    let shown = method.examples.compactMap { example -> String? in
      guard let params = try? example.params.text() else { return nil }
      return "- \(example.name): `edgewise call \(method.name) '\(params)'`"
    }
    if !shown.isEmpty { lines += ["", "Examples:", ""] + shown }
    return lines
  }

  private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }

  private static func anchor(_ name: String) -> String { name.replacing("/", with: "") }
}
