import ArgumentParser
import JSON
import Service

/// `edgewise recommend [MODEL]`: how to run a model on a machine.
struct RecommendCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recommend",
    abstract: "Recommend framework, quantization and settings for a model.",
    usage: "edgewise recommend [<model>] [options]",
    discussion: """
      On this machine the top formats are run for a moment each, and the ranking takes their rates; with --quick, or for \
      another machine, the answer comes from facts alone and says so.

      Examples:
        edgewise recommend                     a small default model, measured here
        edgewise recommend model.gguf --context 16k --priority quality
        edgewise recommend qwen3-8b --machine apple-m4-pro
        edgewise recommend llama-3.1-8b --quick --memory 6GiB --rate 10
      """)

  @Argument(help: ArgumentHelp("The path of a GGUF file, or a name of the catalogue.", valueName: "model"))
  var model: String?

  @Option(help: ArgumentHelp("The context wanted, such as 8192 or 8k.", valueName: "tokens"))
  var context: TokenCount?

  @Option(help: ArgumentHelp("What counts most: balanced, speed, quality or memory.", valueName: "what"))
  var priority: String?

  @OptionGroup var machine: MachineOptions

  @Option(help: ArgumentHelp("The most memory that the model may take, such as 6GiB.", valueName: "size"))
  var memory: ByteSize?

  @Option(help: ArgumentHelp("The tokens per second that decoding must reach.", valueName: "tok/s"))
  var rate: Double?

  @Option(help: ArgumentHelp("How soon the first token must come, such as 2s.", valueName: "time"))
  var firstToken: Seconds?

  @Option(name: .shortAndLong, help: ArgumentHelp("The length of a typical prompt.", valueName: "tokens"))
  var prompt: TokenCount?

  @Option(help: ArgumentHelp("The way of working: prototyping, production or enterprise.", valueName: "how"))
  var workflow: String?

  @Option(help: ArgumentHelp("The use case, such as chat, coding, serving or mobileApp.", valueName: "what"))
  var useCase: String?

  @Option(
    name: .customLong("require"),
    help: ArgumentHelp(
      "How much a requirement counts, such as crossPlatform=1; may be given again.", valueName: "name=weight"))
  var requirements: [Assignment] = []

  @Option(help: ArgumentHelp("The time that measuring may take, such as 20 or 2min.", valueName: "time"))
  var budget: Seconds?

  @Flag(help: "Answer at once from facts, without measuring.")
  var quick = false

  @Flag(help: "Show every reason, every other choice and the way through the decision tree.")
  var all = false

  @OptionGroup var output: OutputOptions
  @OptionGroup var progress: ProgressOptions

  mutating func run() async throws {
    let all = all
    try await Question.show(AdviceRecommend.name, parameters(), isQuiet: progress.quiet, output) {
      RecommendationPage.show($0, all: all, on: &$1)
    }
  }

  private func parameters() throws -> JSON {
    var params = Parameters()
    params.set("model", model)
    params.set("machine", try machine.reference())
    params.set("priority", priority)
    params.set("contextTokens", context?.tokens)
    params.set("memoryLimitBytes", memory?.bytes)
    params.set("decodeTokensPerSecond", rate)
    params.set("timeToFirstTokenSeconds", firstToken?.value)
    params.set("promptTokens", prompt?.tokens)
    params.set("workflow", workflow)
    params.set("useCase", useCase)
    if !requirements.isEmpty { params.set("requirements", Assignment.object(requirements)) }
    params.set("budgetSeconds", budget?.value)
    params.set("quick", flag: quick)
    return params.json
  }
}
