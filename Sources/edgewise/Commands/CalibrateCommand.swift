import ArgumentParser
import JSON
import Service

/// `edgewise calibrate`: runs an installed engine once, so that predictions are for that build.
struct CalibrateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: "Run an installed engine once, so that predictions are for that build.",
    usage: "edgewise calibrate [options]",
    discussion: """
      Examples:
        edgewise calibrate                              llama-bench on PATH
        edgewise calibrate --program ~/llama.cpp/build/bin/llama-bench
        edgewise calibrate --format Q4_K_M --format Q8_0
      """)

  @Option(help: ArgumentHelp("The engine: llama.cpp.", valueName: "engine"))
  var engine: String?

  @Option(help: ArgumentHelp("The path of the engine's program.", valueName: "path"))
  var program: String?

  @Option(
    name: .customLong("format"), help: ArgumentHelp("A file type to run; may be given again.", valueName: "format"))
  var formats: [String] = []

  @OptionGroup var output: OutputOptions
  @OptionGroup var progress: ProgressOptions

  mutating func run() async throws {
    var params = Parameters()
    params.set("engine", engine)
    params.set("program", program)
    params.set("formats", formats)
    try await Question.show(CalibrateEngine.name, params.json, isQuiet: progress.quiet, output) {
      CalibrationPage.show($0, on: &$1)
    }
  }
}
