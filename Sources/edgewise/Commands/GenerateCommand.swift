import Advisor
import ArgumentParser
import JSON
import OrderedCollections
import Service

/// `edgewise generate MODEL PROMPT`: what a model says, as it says it.
struct GenerateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Let a model continue a text, to see whether it runs here.",
    usage: "edgewise generate <model> [<prompt>|-] [options]",
    discussion: """
      The answer is written to standard output as it comes, the rates to standard error. Ctrl-C ends it.

      Examples:
        edgewise generate model.gguf "Once upon a time"
        edgewise generate model.gguf --chat --system "Be brief." "Why is the sky blue?"
        edgewise generate model.gguf - -n 200 --temperature 0.8 --seed 7 < prompt.txt
        edgewise generate smollm2-135m --tokens 1,2,3 --json    the reply, from token ids
      """)

  @Argument(help: ArgumentHelp("The path of a GGUF file, or a name of the catalogue.", valueName: "model"))
  var model: String

  @Argument(help: ArgumentHelp("The text to continue; - reads it from standard input.", valueName: "prompt|-"))
  var prompt: String?

  @Option(help: ArgumentHelp("Token ids in place of text, such as 1,2,3.", valueName: "ids"))
  var tokens: TokenList?

  @Flag(help: "Put the prompt into the model's chat format, as a message of the user.")
  var chat = false

  @Option(help: ArgumentHelp("The message of the system that stands before; implies --chat.", valueName: "text"))
  var system: String?

  @Option(name: [.customShort("n"), .long], help: ArgumentHelp("The most tokens to generate.", valueName: "tokens"))
  var maxTokens: TokenCount?

  @Option(name: .shortAndLong, help: ArgumentHelp("Kernel threads.", valueName: "count"))
  var threads: Int?

  @Option(help: ArgumentHelp("The context in tokens, such as 8192 or 8k.", valueName: "tokens"))
  var context: TokenCount?

  @Option(
    help: ArgumentHelp("How the KV cache stores numbers: F16, Q8_0 or Q4_0.", valueName: "format"),
    transform: { $0.uppercased() })
  var cacheFormat: String?

  @Option(help: ArgumentHelp("The most tokens of a prompt at once.", valueName: "tokens"))
  var batch: TokenCount?

  @Flag(help: "Leave the weights in the mapped file instead of copying them.")
  var mapped = false

  @Option(help: ArgumentHelp("0 always takes the most likely token.", valueName: "number"))
  var temperature: Double?

  @Option(help: ArgumentHelp("Keep so many of the most likely tokens; 0 keeps all.", valueName: "count"))
  var topK: Int?

  @Option(help: ArgumentHelp("Keep the most likely tokens of this probability.", valueName: "fraction"))
  var topP: Percentage?

  @Option(help: ArgumentHelp("Keep tokens this likely in comparison with the first.", valueName: "fraction"))
  var minP: Percentage?

  @Option(help: ArgumentHelp("The same seed gives the same answer.", valueName: "number"))
  var seed: Int?

  @Option(help: ArgumentHelp("A text that ends the answer; may be given again.", valueName: "text"))
  var stop: [String] = []

  @Flag(help: "Take control tokens that are spelled out in the prompt for what they name.")
  var parseSpecial = false

  @Option(help: ArgumentHelp("The format of made-up weights, such as Q4_0.", valueName: "format"))
  var quantization: String?

  @OptionGroup var output: OutputOptions
  @OptionGroup var progress: ProgressOptions

  func validate() throws {
    if prompt == nil, tokens == nil {
      throw ValidationError("Missing the prompt: a text, - for standard input, or --tokens")
    }
    if prompt != nil, tokens != nil {
      throw ValidationError("A prompt and --tokens contradict each other; give one of them")
    }
    if tokens != nil, chat || system != nil { throw ValidationError("--chat needs a text, not --tokens") }
  }

  mutating func run() async throws {
    try ArgumentBytes.requireText()
    let parameters = try parameters()
    if output.json {
      let reply = try await Question.ask(GenerateRun.name, parameters, isQuiet: progress.quiet, output.color)
      return try OutputOptions.write(reply)
    }
    let isTerminal = Stream.output.isTerminal
    let reply = try await Question.ask(
      GenerateRun.name, parameters, isQuiet: progress.quiet, output.color,
      onText: { Stream.output.write(isTerminal ? Printable.text($0, keepsLines: true) : $0) })
    if let ids = reply["tokens"]?.array, reply["text"] == nil {
      Stream.output.write(ids.compactMap(\.integer).map(String.init).joined(separator: " "))
    }
    Stream.output.write("\n")
    if !progress.quiet { Stream.error.write(GenerationPage.summary(reply)) }
  }

  private func parameters() throws -> JSON {
    var params = Parameters()
    params.set("model", model)
    if let tokens {
      params.set("tokens", .array(tokens.ids.map { .integer(Int64($0)) }))
    } else {
      let text = prompt == "-" ? try ArgumentBytes.text(try InputText.read("-"), named: "standard input") : prompt ?? ""
      if chat || system != nil {
        let messages = [("system", system), ("user", text)].compactMap { role, content in
          content.map { JSON.object(["role": .string(role), "content": .string($0)]) }
        }
        params.set("messages", .array(messages))
      } else {
        params.set("prompt", text)
      }
    }
    params.set("quantization", quantization)
    params.set("maxTokens", maxTokens?.tokens)
    params.set("threads", threads)
    params.set("contextTokens", context?.tokens)
    params.set("cacheFormat", cacheFormat)
    params.set("batchTokens", batch?.tokens)
    params.set("weights", mapped ? "mapped" : nil)
    params.set("temperature", temperature)
    params.set("topK", topK)
    params.set("topP", topP?.fraction)
    params.set("minP", minP?.fraction)
    params.set("seed", seed)
    params.set("stop", stop)
    params.set("parseSpecial", flag: parseSpecial && !chat && system == nil && tokens == nil)
    return params.json
  }
}
