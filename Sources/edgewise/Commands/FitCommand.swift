import ArgumentParser
import JSON
import OrderedCollections
import Service

/// `edgewise fit MODEL`: which formats and contexts fit a machine, and how fast they would be.
struct FitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit",
    abstract: "Show which formats and contexts of a model fit, how fast they are, and what they lose.",
    usage: "edgewise fit <model> [options]",
    discussion: """
      Examples:
        edgewise fit qwen3-8b
        edgewise fit qwen3-8b --machine rpi5 --memory 8GiB
        edgewise fit llama-3.2-3b --context 8k --format Q4_K_M --format Q8_0
        edgewise fit model.gguf --machine machine.json   a file of 'edgewise assess --save'
      """)

  @OptionGroup var forecast: ModelOptions

  @Option(
    name: .customLong("format"), help: ArgumentHelp("A file type to show; may be given again.", valueName: "format"))
  var formats: [String] = []

  @Option(
    name: .customLong("context"), help: ArgumentHelp("A context to show; may be given again.", valueName: "tokens"))
  var contexts: [TokenCount] = []

  @OptionGroup var prompt: PromptOptions

  @Option(help: ArgumentHelp("The tokens per second that decoding must reach.", valueName: "tok/s"))
  var rate: Double?

  @OptionGroup var output: OutputOptions
  @OptionGroup var progress: ProgressOptions

  mutating func run() async throws {
    var params = try forecast.parameters()
    params.set("formats", formats)
    if !contexts.isEmpty { params.set("contexts", .array(contexts.map { .integer(Int64($0.tokens)) })) }
    prompt.set(&params)
    params.set("decodeTokensPerSecond", rate)
    try await Question.show(ModelFit.name, params.json, isQuiet: progress.quiet, output) { FitPage.show($0, on: &$1) }
  }
}
