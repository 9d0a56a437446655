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

  @Argument(help: ArgumentHelp("The path of a model, or a name of the catalogue.", valueName: "model"))
  var model: String

  @Option(name: .shortAndLong, help: ArgumentHelp("The file type, such as Q4_K_M.", valueName: "format"))
  var format: String?

  @Option(help: ArgumentHelp("edgewise, llama.cpp, openvino, mlx or onnxruntime.", valueName: "engine"))
  var engine: String?

  @Option(name: .shortAndLong, help: ArgumentHelp("The threads.", valueName: "count"))
  var threads: Int?

  @Option(name: .shortAndLong, help: ArgumentHelp("The length of the prompt.", valueName: "tokens"))
  var prompt: TokenCount?

  @Option(help: ArgumentHelp("Tokens in the KV cache before the prompt.", valueName: "tokens"))
  var depth: TokenCount?

  @OptionGroup var machine: MachineOptions

  @Option(help: ArgumentHelp("Suppose that the machine has this much memory, such as 8GiB.", valueName: "size"))
  var memory: ByteSize?

  @OptionGroup var output: OutputOptions
  @OptionGroup var progress: ProgressOptions

  mutating func run() async throws {
    var params = Parameters()
    params.set("model", model)
    params.set("machine", try machine.reference(memory: memory))
    params.set("format", format)
    params.set("engine", engine)
    params.set("threads", threads)
    params.set("promptTokens", prompt?.tokens)
    params.set("depthTokens", depth?.tokens)
    try await Question.show(ModelSpeed.name, params.json, isQuiet: progress.quiet, output) {
      SpeedPage.show($0, on: &$1)
    }
  }
}
