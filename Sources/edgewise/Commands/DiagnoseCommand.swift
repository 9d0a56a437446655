import ArgumentParser
import JSON
import Service

/// `edgewise diagnose [FILE|-]`: why it is slow, or why it fails.
struct DiagnoseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diagnose",
    abstract: "Explain why a deployment is slow or fails.",
    usage: "edgewise diagnose [<log>|-] [options]",
    discussion: """
      Examples:
        edgewise diagnose server.log
        llama-server -m model.gguf 2>&1 | edgewise diagnose -
        edgewise diagnose --symptom "slow first token" --framework llama.cpp
        edgewise diagnose --metric latencySeconds=3 --metric targetLatencySeconds=1 \\
          --metric cpuUtilizationFraction=0.9
        edgewise call diagnosis/explain --help     the names of the metrics
      """)

  @Argument(help: ArgumentHelp("A log: a file, or - for standard input.", valueName: "log|-"))
  var log: String?

  @Option(help: ArgumentHelp("What is wrong, in your words.", valueName: "text"))
  var symptom: String?

  @Option(help: ArgumentHelp("The framework, such as llama.cpp; told from the log if absent.", valueName: "name"))
  var framework: String?

  @Option(
    name: .customLong("metric"),
    help: ArgumentHelp("A number that was seen, or a target; may be given again.", valueName: "name=value"))
  var metrics: [Assignment] = []

  @Option(help: ArgumentHelp("The model: a GGUF file, or a name of the catalogue.", valueName: "model"))
  var model: String?

  @Flag(help: "Show every remedy of every cause, the numbers of the log, and what was ruled out.")
  var all = false

  @OptionGroup var machine: MachineOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if log == nil, symptom == nil, metrics.isEmpty {
      throw ValidationError("Missing what to explain: a log, --symptom or --metric")
    }
  }

  mutating func run() async throws {
    var params = Parameters()
    if let log { params.set("logText", String(decoding: try InputText.read(log), as: UTF8.self)) }
    params.set("symptom", symptom)
    params.set("framework", framework)
    params.set("model", model)
    params.set("machine", try machine.reference())
    if !metrics.isEmpty { params.set("metrics", Assignment.object(metrics)) }
    let all = all
    try await Question.show(DiagnosisExplain.name, params.json, output) { DiagnosisPage.show($0, all: all, on: &$1) }
  }
}
