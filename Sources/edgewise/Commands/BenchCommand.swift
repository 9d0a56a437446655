import ArgumentParser
import JSON
import Service

/// `edgewise bench [MODEL]`: how fast a model runs here.
struct BenchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measure how fast a model runs on this machine.",
    usage: "edgewise bench [<model>] [options]",
    discussion: """
      A model of the catalogue is measured with weights that are made up in its exact shape, without a download. \
      Ctrl-C ends the measurement and gives its memory back.

      Examples:
        edgewise bench                         a small default model
        edgewise bench model.gguf -p 512 -n 128 -d 4096
        edgewise bench llama-3.1-8b --quantization Q4_0 --threads 4
        edgewise bench model.gguf --format csv > rates.csv
        edgewise bench --kernels --quantization Q4_0,Q8_0 --tier all

      With --kernels each kernel is compared with what the machine can do at most: bytes and operations a second, and the \
      share of the ceiling that binds. --quantization then names the formats, with commas between them.

      On a terminal the result is a page; elsewhere it is JSON. --format jsonl, csv and markdown use the field names of \
      llama-bench where they mean the same.
      """)

  @Argument(help: ArgumentHelp("The path of a GGUF file, or a name of the catalogue.", valueName: "model"))
  var model: String?

  @Option(name: .shortAndLong, help: ArgumentHelp("Tokens of the prompt; 0 measures no prefill.", valueName: "tokens"))
  var prompt: TokenCount?

  @Option(
    name: [.customShort("n"), .long],
    help: ArgumentHelp("Tokens of a generation; 0 measures no decode.", valueName: "tokens"))
  var generate: TokenCount?

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Tokens that are in the KV cache before.", valueName: "tokens"))
  var depth: TokenCount?

  @Option(name: .shortAndLong, help: ArgumentHelp("Kernel threads.", valueName: "count"))
  var threads: Int?

  @Option(help: ArgumentHelp("The format of made-up weights, such as Q4_0.", valueName: "format"))
  var quantization: String?

  @Option(
    help: ArgumentHelp("How the KV cache stores numbers: F16, Q8_0 or Q4_0.", valueName: "format"),
    transform: { $0.uppercased() })
  var cacheFormat: String?

  @Option(help: ArgumentHelp("The most tokens of a prompt at once.", valueName: "tokens"))
  var batch: TokenCount?

  @Flag(help: "Leave the weights in the mapped file instead of copying them.")
  var mapped = false

  @Option(help: ArgumentHelp("The time that samples may take, such as 30 or 2min.", valueName: "time"))
  var timeLimit: Seconds?

  @Option(help: ArgumentHelp("The spread of the median at which sampling ends, such as 2%.", valueName: "fraction"))
  var targetSpread: Percentage?

  @Option(name: .shortAndLong, help: ArgumentHelp("The most prompts and generations.", valueName: "count"))
  var repetitions: Int?

  @Option(help: ArgumentHelp("The memory for made-up layers before they repeat.", valueName: "size"))
  var workingSet: ByteSize?

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("Print for a program: json, jsonl, csv or markdown.", valueName: "format"))
  var format: BenchFormat?

  @OptionGroup var kernel: KernelOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var progress: ProgressOptions

  func validate() throws {
    if output.json, let format, format != .json {
      throw ValidationError("--json and --format \(format.rawValue) contradict each other; give one of them")
    }
    if kernel.kernels, let other = modelOptions.first {
      throw ValidationError("\(other) is for measuring a model, and --kernels measures none; give one of them")
    }
    if !kernel.kernels, let other = kernel.given.first {
      throw ValidationError("\(other) is for measuring kernels; give --kernels with it")
    }
  }

  /// The options that were given and mean something for a model alone.
  private var modelOptions: [String] {
    let given: [(String, Bool)] = [
      ("the model", model != nil), ("--prompt", prompt != nil), ("--generate", generate != nil),
      ("--depth", depth != nil), ("--time-limit", timeLimit != nil), ("--target-spread", targetSpread != nil),
      ("--repetitions", repetitions != nil), ("--working-set", workingSet != nil),
      ("--cache-format", cacheFormat != nil), ("--batch", batch != nil), ("--mapped", mapped),
    ]
    return given.filter(\.1).map(\.0)
  }

  mutating func run() async throws {
    if kernel.kernels { return try await runKernels() }
    let reply = try await Question.ask(BenchmarkRun.name, parameters(), isQuiet: progress.quiet, output.color)
    let isForProgram = output.json || !Stream.output.isTerminal
    switch format ?? (isForProgram ? .json : nil) {
    case .json?: try OutputOptions.write(reply)
    case .jsonl?: Stream.output.write(try BenchRows.lines(reply))
    case .csv?: Stream.output.write(BenchRows.csv(reply))
    case .markdown?: Stream.output.write(BenchRows.markdown(reply))
    case nil:
      var page = Page(Stream.output.screen(output.color))
      BenchmarkPage.show(reply, on: &page)
      page.legend()
      Stream.output.write(page.text)
    }
  }

  private func runKernels() async throws {
    let reply = try await Question.ask(
      BenchmarkKernels.name, kernel.parameters(formats: quantization, threads: threads), isQuiet: progress.quiet,
      output.color)
    let isForProgram = output.json || !Stream.output.isTerminal
    switch format ?? (isForProgram ? .json : nil) {
    case .json?: try OutputOptions.write(reply)
    case .jsonl?: Stream.output.write(try ProgramTable.lines(KernelRow.all(reply).map(\.fields)))
    case .csv?: Stream.output.write(ProgramTable.csv(KernelRow.all(reply).map(\.fields)))
    case .markdown?: Stream.output.write(KernelRow.markdown(reply))
    case nil:
      var page = Page(Stream.output.screen(output.color))
      KernelPage.show(reply, on: &page)
      page.legend()
      Stream.output.write(page.text)
    }
  }

  private func parameters() -> JSON {
    var params = Parameters()
    params.set("model", model)
    params.set("quantization", quantization)
    params.set("promptTokens", prompt?.tokens)
    params.set("generateTokens", generate?.tokens)
    params.set("depthTokens", depth?.tokens)
    params.set("threads", threads)
    params.set("cacheFormat", cacheFormat)
    params.set("batchTokens", batch?.tokens)
    params.set("weights", mapped ? "mapped" : nil)
    params.set("timeLimitSeconds", timeLimit?.value)
    params.set("targetSpreadFraction", targetSpread?.fraction)
    params.set("maximumRepetitions", repetitions)
    params.set("workingSetBytes", workingSet?.bytes)
    return params.json
  }
}
