import JSON
import Service

/// The help of one method: what it does, its parameters, and examples to paste.
enum MethodPage {
  /// Writes the page to standard output.
  ///
  /// Throws when there is no such method.
  static func write(_ name: String, _ mode: ColorMode) async throws {
    let methods = OpenRPCDocument.describe()["methods"]?.array ?? []
    guard let method = methods.first(where: { $0["name"]?.string == name }) else {
      // The router knows how to say so, with the nearest name.
      _ = try await Router().answer(name, nil)
      return
    }
    var page = Page(Stream.output.screen(mode))
    show(method, on: &page)
    Stream.output.write(page.text)
  }

  /// `method` is its entry in the OpenRPC document.
  static func show(_ method: JSON, on page: inout Page) {
    let name = method["name"]?.string ?? ""
    page.title(name)
    page.paragraph(method["summary"]?.string ?? "")
    if let discussion = method["description"]?.string, !discussion.isEmpty {
      page.gap()
      page.paragraph(discussion)
    }
    let params = method["params"]?.array ?? []
    page.heading("Parameters")
    if params.isEmpty { page.paragraph("None.", indent: 2) }
    let rows = params.map { param in
      [
        Cell(param["name"]?.string ?? "", .accent), Cell(type(param["schema"])),
        Cell(param["required"]?.bool == true ? "required" : "", .dim), Cell(param["summary"]?.string ?? ""),
      ]
    }
    page.table(Table([.words(""), .words(""), .words(""), .words("")], rows: rows))
    let examples = method["x-examples"]?.array ?? []
    if !examples.isEmpty { page.heading("Examples") }
    for example in examples {
      page.paragraph(example["name"]?.string ?? "", indent: 2)
      page.command(ShellText.call(name, example["params"]), indent: 4)
    }
  }

  /// A schema in a few words.
  static func type(_ schema: JSON?) -> String {
    guard let schema else { return "" }
    if let reference = schema["$ref"]?.string { return String(reference.split(separator: "/").last ?? "") }
    if let choices = schema["enum"]?.array { return choices.map { $0.string ?? $0.description }.joined(separator: "|") }
    if let constant = schema["const"] { return constant.description }
    if let alternatives = (schema["oneOf"] ?? schema["anyOf"])?.array {
      return alternatives.map(type).joined(separator: " or ")
    }
    if let types = schema["type"]?.array { return types.compactMap(\.string).joined(separator: " or ") }
    guard let name = schema["type"]?.string else { return "any" }
    if name == "array" { return "list of \(type(schema["items"]))" }
    return name + range(schema)
  }

  private static func range(_ schema: JSON) -> String {
    let low = (schema["minimum"] ?? schema["exclusiveMinimum"])?.description
    let high = (schema["maximum"] ?? schema["exclusiveMaximum"])?.description
    return switch (low, high) {
    case (let low?, let high?): " \(low)...\(high)"
    case (let low?, nil): " from \(low)"
    case (nil, let high?): " up to \(high)"
    case (nil, nil): ""
    }
  }
}
