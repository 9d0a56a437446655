import ArgumentParser
import JSON

/// How an answer is shown.
struct OutputOptions: ParsableArguments {
  @Flag(help: "Print the reply itself as JSON.")
  var json = false

  @Option(help: ArgumentHelp("Use colors: auto, always or never.", valueName: "when"))
  var color = ColorMode.auto

  /// Writes a value of JSON: indented where a person reads it, one line where a program does.
  static func write(_ json: JSON) throws {
    Stream.output.write(try json.text(pretty: Stream.output.isTerminal) + "\n")
  }
}

extension ColorMode: ExpressibleByArgument {}
