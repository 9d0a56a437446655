package import Advisor
package import JSON

/// `model/fit`: which formats and contexts of a model fit a machine, and how fast they would be.
package enum ModelFit: Method {
  package static let name = "model/fit"
  package static let summary =
    "Shows which formats and contexts of a model fit a machine, how fast they are, and what they lose."
  package static let discussion = """
    A table over formats and contexts: memory as `model/memory` has it, time to first token and decode rate as \
    `model/speed` predicts them, the published quality loss with its source, and a verdict, with the recommended row and \
    why. The model may be files of any format that `model/inspect` reads; where the engine cannot run them as they are, the \
    answer says what comes first. A machine that was not measured yet is measured first, for about ten seconds, unless `measure` is false.
    """
  package static let scheduling = Scheduling.exclusive
  package static let card = MethodCard(title: "Fit a Model", readOnly: true)

  package struct Params: Decodable, Sendable {
    package var model: String
    package var machine: MachineReference?
    package var engine: SpeedEngine?
    package var formats: [String]?
    package var contexts: [Int]?
    package var promptTokens: Int?
    package var threads: Int?
    package var memoryLimitBytes: Int?
    package var decodeTokensPerSecond: Double?
    package var measure: Bool?
  }

  package static let params = Schema.object(
    "The model, the machine, and what to show.",
    [
      Schema.model, Schema.machine,
      .optional(
        "engine", .cases(SpeedEngine.self), "The engine; that of the files' format when absent, else llama.cpp."),
      .optional(
        "formats", .array(.string(length: 1...40), count: 1...20),
        "The file types; when absent the common ones, a file's own, or both where its weights are not quantized."),
      .optional(
        "contexts", .array(.integer(1...(1 << 24)), count: 1...12),
        "The contexts in tokens; 4096, 16384 and 65536 when absent, as far as the model goes."),
      .optional("promptTokens", .integer(1...(1 << 24)), "The prompt for the time to first token; 512 when absent."),
      .optional("threads", .integer(1...1024), "The threads; those of the machine's profile when absent."),
      .optional("memoryLimitBytes", .integer(1...(1 << 50)), "The most memory that the model may take."),
      .optional("decodeTokensPerSecond", .number(above: 0, through: 1e6), "The rate that is wanted at least."),
      .optional(
        "measure", .boolean, "Whether this machine is measured first when it was not yet; true when absent."),
      Schema.progressToken,
    ])

  package static let reply = Schema.record(
    "The formats and contexts of a model on a machine.",
    [
      .required("model", .string, "The model."),
      .required("machine", .string, "The machine."),
      .required("engine", .string, "The engine."),
      .required("threads", .integer(1...), "The threads."),
      .required("promptTokens", .integer(1...), "The prompt for the time to first token."),
      .optional("usableMemoryBytes", .integer(0...), "What the model may take."),
      .required("rows", .array(row), "By context, then from the most memory to the least."),
      .optional("recommended", .integer(0...), "The place in rows of the recommended one; absent when none fits."),
      .required("because", .string, "Why it is recommended, or what to do when none fits."),
      .required("profile", .profileRecord, "What the rates rest on."),
    ] + Schema.closingMembers)

  private static let row = Schema.record(
    "A format with a context.",
    [
      .required("format", .string, "The file type."),
      .required("contextTokens", .integer(1...), "The context."),
      .required("memoryBytes", .quantity, "What it takes in all."),
      .required("timeToFirstTokenSeconds", .quantity, "From the prompt to the first new token."),
      .required("decodeTokensPerSecond", .quantity, "The rate with the context half full."),
      .required("quality", QuantizationAdvise.quality, "The expected loss, with its source."),
      .required("verdict", .cases(FitAnswer.Verdict.self), "Whether it fits."),
      .required("because", .string, "The verdict as a sentence."),
    ])

  package static let examples = [
    Example(
      "A model with 8 billion parameters on a Raspberry Pi 5 with 8 GiB",
      ["model": "qwen3-8b", "machine": ["base": "rpi5", "memoryBytes": 8_589_934_592], "contexts": [4096]],
      shows: ["/rows/0/format": "F16", "/rows/0/verdict": "tooLarge"], isReproducible: true),
    Example(
      "One that fits nowhere", ["model": "qwen3-30b-a3b", "machine": "rpi5", "formats": ["Q8_0"], "contexts": [4096]],
      shows: ["/rows/0/verdict": "tooLarge"], isReproducible: true),
    Example(
      "A format that there is none of", ["model": "qwen3-8b", "machine": "rpi5", "formats": ["Q9_Z"]],
      failure: .invalidParams),
  ]

  package static func run(_ params: Params, _ call: Call) async throws -> FitAnswer {
    var question = FitQuestion(model: params.model)
    question.machine = params.machine
    question.engine = params.engine
    question.formats = params.formats
    question.contexts = params.contexts
    question.promptTokens = params.promptTokens ?? SpeedQuestion.defaultPromptTokens
    question.threads = params.threads
    question.memoryLimitBytes = params.memoryLimitBytes
    question.wantedTokensPerSecond = params.decodeTokensPerSecond
    let basis = try await call.speedBasis(params.machine, mayMeasure: params.measure ?? true)
    return try call.advisor.fit(question, basis: basis)
  }
}
