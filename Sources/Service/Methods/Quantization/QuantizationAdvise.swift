package import Advisor
package import JSON

/// `quantization/advise`: which numeric format to use.
package enum QuantizationAdvise: Method {
  package static let name = "quantization/advise"
  package static let summary = "Ranks the numeric formats for a model on a machine: size, fit, loss, speed, commands."
  package static let discussion = """
    Starts from the unified strategy (Apple silicon: MLX 4 bits; Intel: OpenVINO int4; cross-platform: GGUF of the \
    Q4_K_M class; otherwise Olive int4) and refines it by the model's shape, the memory, the accuracy wanted and \
    measured rates. A format that does not fit is listed last with the reason, and `wouldFit` says what would. Losses are \
    published figures for the model that they name, speeds are forecasts with an interval unless rates were given. \
    OWNER/MODEL stands for a repository that is not known.
    """
  package static let scheduling = Scheduling.concurrent
  package static let card = MethodCard(title: "Advise on Quantization", readOnly: true)

  package typealias Params = QuantizationRequest

  package static let params = Schema.object(
    "The model, the machine and what is wanted of them.",
    [
      Schema.model, Schema.machine,
      .optional(
        "framework", .string(FrameworkRequest.frameworks), "The framework; the strategy's for the machine when absent."),
      .optional(
        "device", .string(QuantizationRequest.devices), "What it runs on; what the framework would use if absent."),
      .optional("accuracy", .string(QuantizationRequest.accuracies), "What counts more; balanced when absent."),
      .optional("accuracyKeptFraction", .number(0...1), "How much of a benchmark's score must be kept."),
      .optional("contextTokens", .integer(1...(1 << 30)), "The context to keep a cache for; 4096 when absent."),
      .optional("memoryLimitBytes", .integer(1...(1 << 50)), "The most memory that may be used."),
      .optional("decodeTokensPerSecond", .number(above: 0, through: 1e6), "The decode rate that is wanted."),
      .optional(
        "measuredReadBytesPerSecond", .number(above: 0, through: 1e15),
        "The read bandwidth that was measured on the machine."),
      .optional(
        "measuredDecodeTokensPerSecond", .map("Rates by the name of the format.", of: .number(above: 0, through: 1e6)),
        "Decode rates that were measured with this model on this machine."),
      .optional("limit", .integer(1...100), "How many formats to list; 6 when absent."),
    ])

  package static let reply = Schema.record(
    "The formats, the best first, and what they cost.",
    [
      .required("framework", .string(FrameworkRequest.frameworks), "The framework."),
      .required("device", .string(QuantizationRequest.devices), "What it runs on."),
      .required("strategy", strategy, "The unified strategy's default."),
      .required("memory", memory, "The memory that weights, cache and buffers share."),
      .required("formats", .array(format), "The best first; those that do not fit come last."),
      .optional("wouldFit", wouldFit, "What would fit, when nothing does."),
      .required("cacheFormats", .array(cache), "Formats of the key-value cache."),
      .required("importanceMatrix", importanceMatrix, "Whether to make an importance matrix."),
      .required("corrections", .array(.correction), "What is commonly advised and no longer holds."),
    ] + Schema.closingMembers)

  private static let strategy = Schema.record(
    "What the unified strategy says.",
    [
      .required("framework", .string(FrameworkRequest.frameworks), "The framework."),
      .required("quantization", .string, "The format, as framework/name."),
      .required("because", .string, "Why."),
    ])

  private static let memory = Schema.record(
    "A memory budget.",
    [
      .optional("availableBytes", .integer(0...), "Absent when nothing is known."),
      .required("source", .string, "Whose memory it is."),
      .required("contextTokens", .integer(1...), "The context that is planned for."),
    ])

  static let format = Schema.record(
    "A numeric format.",
    [
      .required("id", .string, "framework/name."),
      .required("format", .string, "The name."),
      .required("score", .number, "The sum of the weights of the reasons."),
      .optional("fits", .boolean, "Absent when the memory is not known."),
      .required("weightBytes", .quantity, "All weights."),
      .required("totalBytes", .quantity, "Weights, cache at the context wanted, and buffers."),
      .optional("longestContextTokens", .integer(0...), "The longest context with which it fits."),
      .required("quality", quality, "What it is known to lose."),
      .optional("decodeTokensPerSecond", .quantity, "Absent when the bandwidth is not known."),
      .required("reasons", .array(.reason), "For with positive weights, against with negative ones."),
      .required("commands", .array(.string), "How to make and run it."),
    ])

  static let quality = Schema.record(
    "The loss of a format.",
    [
      .required("loss", .string(QuantizationRequest.losses), "The band."),
      .optional("klDivergence", .quantity, "Mean divergence of the next token, in nats."),
      .optional("perplexityIncrease", .quantity, "Against the unquantized model."),
      .optional("scoreKeptFraction", .quantity, "Of a published benchmark."),
      .optional("relativeErrorFraction", .quantity, "Average relative error of the outputs."),
      .required("because", .string, "What was published, for which model."),
    ])

  static let wouldFit = Schema.record(
    "What would fit.",
    [
      .required("missingBytes", .integer(0...), "What the smallest format lacks."),
      .required("smallestFormat", .string, "Its name."),
      .required("models", .array(.string), "Names of the catalogue that fit, the largest first."),
      .required("because", .string, "As a sentence."),
    ])

  private static let cache = Schema.record(
    "A format of the key-value cache.",
    [
      .required("format", .string, "The name."),
      .required("recommended", .boolean, "Whether to take it."),
      .optional("cacheBytes", .quantity, "At the context wanted."),
      .optional("klDivergence", .quantity, "Against a 16-bit cache, in nats."),
      .required("options", .string, "The flags that choose it."),
      .required("because", .string, "Why, or why not."),
    ])

  private static let importanceMatrix = Schema.record(
    "Advice on the importance matrix.",
    [
      .required("need", .string(["none", "optional", "recommended", "required"]), "For the first format."),
      .required("because", .string, "Why."),
      .required("commands", .array(.string), "How to make and use it."),
    ])

  package static let examples = [
    Example(
      "An 8-billion model on an Apple laptop", ["model": "llama-3.1-8b", "machine": "apple-m4-pro"],
      shows: ["/framework": "mlx", "/formats/0/format": "4bit-g64"]),
    Example(
      "A Raspberry Pi with 4 GiB: what does not fit comes last, what would is named",
      ["model": "qwen3-30b-a3b", "machine": ["base": "rpi5", "memoryBytes": 4_294_967_296]],
      shows: ["/formats/0/fits": false, "/wouldFit/smallestFormat": "IQ1_S"]),
    Example(
      "Rates measured on this machine calibrate the others",
      [
        "model": "llama-3.1-8b", "framework": "llama.cpp", "limit": 100,
        "machine": [
          "operatingSystem": "linux", "architecture": "x86_64", "cpuVendor": "AMD", "memoryBytes": 34_359_738_368,
          "accelerators": [],
        ], "measuredDecodeTokensPerSecond": ["Q8_0": 5.1],
      ], shows: ["/formats/0/format": "Q4_K_M", "/formats/0/decodeTokensPerSecond/evidence": "calibrated"]),
    Example("A model that does not exist", ["model": "lama-3.1-8b", "machine": "rpi5"], failure: .modelNotFound),
    Example(
      "A measured rate of a format that does not exist",
      ["model": "llama-3.1-8b", "machine": "rpi5", "measuredDecodeTokensPerSecond": ["Q4KM": 5]],
      failure: .invalidParams),
  ]

  package static func run(_ params: Params, _ call: Call) async throws -> QuantizationAnswer {
    try call.advisor.adviseQuantization(params)
  }
}
