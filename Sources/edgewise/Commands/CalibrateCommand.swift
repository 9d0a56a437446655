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
        edgewise calibrate --engine onnxruntime         python3 on PATH, with onnxruntime-genai
        edgewise calibrate --engine openvino --program ~/venv/bin/python --format int4_sym-g128
      """)

  @Option(help: ArgumentHelp("The engine: llama.cpp, onnxruntime, openvino or mlx.", valueName: "engine"))
  var engine: String?

  @Option(help: ArgumentHelp("The path of llama-bench, or of a Python that has the engine.", valueName: "path"))
  var program: String?

  @Option(
    name: .customLong("format"), help: ArgumentHelp("A format to run; may be given again.", valueName: "format"))
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
