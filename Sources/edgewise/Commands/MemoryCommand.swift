import ArgumentParser
import JSON
import Service

/// `edgewise memory MODEL`: the memory that a model takes, term by term.
struct MemoryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "memory",
    abstract: "Compute the memory that a model takes, and what fits.",
    usage: "edgewise memory <model> [options]",
    discussion: """
      For llama.cpp, weights and KV cache are exact, and the compute buffer is that of its own graph.

      Examples:
        edgewise memory llama-3.1-8b --context 32k
        edgewise memory model.gguf --context 128k --cache q8_0 --parallel 4
        edgewise memory gemma-3-12b --format Q4_0 --budget 8GiB
        edgewise memory qwen3-30b-a3b --machine apple-m4-pro
        edgewise memory qwen3-4b --engine mlx --format mlx/4bit-g64
      """)

  @OptionGroup var forecast: ModelOptions

  @Option(name: .shortAndLong, help: ArgumentHelp("The context of all sequences, such as 8k.", valueName: "tokens"))
  var context: TokenCount?

  @Option(help: ArgumentHelp("The format of the weights, such as Q4_K_M or mlx/4bit-g64.", valueName: "format"))
  var format: String?

  @Option(name: .customLong("ubatch"), help: ArgumentHelp("The most tokens of one step.", valueName: "tokens"))
  var microBatch: TokenCount?

  @Option(help: ArgumentHelp("The most tokens handed over at once.", valueName: "tokens"))
  var batch: TokenCount?

  @Option(help: ArgumentHelp("Sequences at the same time.", valueName: "count"))
  var parallel: Int?

  @Flag(help: "Let all sequences share one cache.")
  var unified = false

  @Option(help: ArgumentHelp("How keys and values are cached, such as f16 or q8_0.", valueName: "format"))
  var cache: String?

  @Option(help: ArgumentHelp("How values are cached, when not as keys.", valueName: "format"))
  var valueCache: String?

  @Option(help: ArgumentHelp("Flash attention: auto, on or off.", valueName: "choice"))
  var flashAttention: String?

  @Flag(help: "Let layers with a window keep the whole context.")
  var fullWindow = false

  @Option(help: ArgumentHelp("Tokens of a step whose logits are wanted; all otherwise.", valueName: "count"))
  var outputs: Int?

  @Option(help: ArgumentHelp("A projector for images or sound.", valueName: "file"))
  var projector: String?

  @Option(help: ArgumentHelp("The memory that there is, such as 8GiB; this machine's otherwise.", valueName: "size"))
  var budget: ByteSize?

  @OptionGroup var output: OutputOptions

  mutating func run() async throws {
    var params = try forecast.parameters()
    params.set("format", format)
    params.set("contextTokens", context?.tokens)
    params.set("microBatchTokens", microBatch?.tokens)
    params.set("batchTokens", batch?.tokens)
    params.set("sequences", parallel)
    params.set("isUnified", flag: unified)
    params.set("keyFormat", cache)
    params.set("valueFormat", valueCache)
    params.set("flashAttention", flashAttention)
    params.set("keepsFullWindow", flag: fullWindow)
    params.set("outputTokens", outputs)
    params.set("projector", projector)
    params.set("budgetBytes", budget?.bytes)
    try await Question.show(ModelMemory.name, params.json, output) { MemoryPage.show($0, on: &$1) }
  }
}
