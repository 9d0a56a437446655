import ArgumentParser
import JSON
import Service

/// `edgewise speed MODEL`: how fast a model would run.
struct SpeedCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "speed",
    abstract: "Predict how fast a model would run, without running it.",
    usage: "edgewise speed <model> [options]",
    discussion: """
      Examples:
        edgewise speed llama-3.2-1b --format Q4_K_M
        edgewise speed model.gguf --prompt 2k --depth 8k --threads 4
        edgewise speed qwen3-8b --engine llama.cpp
        edgewise speed qwen3-8b --machine apple-m4-pro   a platform of the catalogue
        edgewise speed qwen3-8b --machine machine.json   a file of 'edgewise assess --save'
      """)

  @OptionGroup var forecast: ModelOptions

  @Option(name: .shortAndLong, help: ArgumentHelp("The file type, such as Q4_K_M.", valueName: "format"))
  var format: String?

  @OptionGroup var prompt: PromptOptions

  @Option(help: ArgumentHelp("Tokens in the KV cache before the prompt.", valueName: "tokens"))
  var depth: TokenCount?

  @OptionGroup var output: OutputOptions
  @OptionGroup var progress: ProgressOptions

  mutating func run() async throws {
    var params = try forecast.parameters()
    params.set("format", format)
    prompt.set(&params)
    params.set("depthTokens", depth?.tokens)
    try await Question.show(ModelSpeed.name, params.json, isQuiet: progress.quiet, output) {
      SpeedPage.show($0, on: &$1)
    }
  }
}
