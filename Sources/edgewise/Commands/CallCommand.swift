import ArgumentParser
import JSON
import Service

/// `edgewise call METHOD [JSON|-]`: any method with its parameters as they are on the wire.
struct CallCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "call",
    abstract: "Call a method and print its reply as JSON.",
    usage: "edgewise call <method> [<json>|-]",
    discussion: """
      Examples:
        edgewise call hardware/assess
        edgewise call model/inspect '{"model": "smollm2-135m"}'
        edgewise call diagnosis/explain - < params.json
        edgewise call model/inspect --help     what the method takes, with examples

      'edgewise methods' lists the methods. Without parameters the method gets none.
      """,
    helpNames: [])

  @Argument(help: ArgumentHelp("The name of the method, such as hardware/assess.", valueName: "method"))
  var method: String?

  @Argument(help: ArgumentHelp("The parameters, an object; - reads them from standard input.", valueName: "json|-"))
  var params: String?

  @Flag(name: .shortAndLong, help: "Show the parameters and the examples of the method.")
  var help = false

  @OptionGroup var output: OutputOptions
  @OptionGroup var progress: ProgressOptions

  func validate() throws {
    if method == nil, !help { throw ValidationError("Missing the name of a method; 'edgewise methods' lists them") }
  }

  mutating func run() async throws {
    guard let method else {
      return Stream.output.write(Self.helpMessage(columns: Stream.output.screen().textWidth))
    }
    if help { return try await MethodPage.write(method, output.color) }
    if method == "rpc.discover" { return try OutputOptions.write(OpenRPCDocument.describe()) }
    if method == "benchmark/start" {
      Stream.error.write(
        "edgewise: a job ends with the process that started it; use benchmark/run, or 'edgewise serve' for jobs\n")
    }
    try OutputOptions.write(try await Question.ask(method, try parameters(), isQuiet: progress.quiet, output.color))
  }

  private func parameters() throws(Failure) -> JSON {
    guard let params else { return [:] }
    if params == "-" { return try JSONText.parse(try InputText.read("-"), named: "standard input") }
    return try JSONText.parse(Array(params.utf8), named: "the argument")
  }
}
