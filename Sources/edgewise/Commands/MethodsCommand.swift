import ArgumentParser
import JSON
import Service

/// `edgewise methods`: what can be called.
struct MethodsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "methods",
    abstract: "List the methods of the service.",
    discussion: """
      Examples:
        edgewise methods
        edgewise methods benchmark         those whose names begin with benchmark
        edgewise methods --json            the OpenRPC document of rpc.discover
      """)

  @Argument(help: ArgumentHelp("Only methods whose names begin with this.", valueName: "area"))
  var area: String?

  @OptionGroup var output: OutputOptions

  mutating func run() throws {
    let document = OpenRPCDocument.describe()
    if output.json { return try OutputOptions.write(document) }
    let all = document["methods"]?.array ?? []
    let methods = all.filter { ($0["name"]?.string ?? "").hasPrefix(area ?? "") }
    if methods.isEmpty {
      throw Failure(
        .methodNotFound, "no method begins with \(area ?? ""); 'edgewise methods' lists all of them")
    }
    var page = Page(Stream.output.screen(output.color))
    Self.show(methods, on: &page)
    Stream.output.write(page.text)
  }

  static func show(_ methods: [JSON], on page: inout Page) {
    let rows = methods.map { method in
      [Cell(method["name"]?.string ?? "", .accent), Cell(method["summary"]?.string ?? "")]
    }
    page.table(Table([.words("Method"), .words("What it does")], rows: rows), indent: 0)
    page.gap()
    page.paragraph("'edgewise call METHOD --help' shows the parameters and examples of one.", .dim)
  }
}
