package import Advisor
package import JSON

/// `model/memory`: the memory that a model takes in an engine, term by term, and what fits.
package enum ModelMemory: Method {
  package static let name = "model/memory"
  package static let summary =
    "Computes the memory that a model takes in an engine, term by term, and the largest context or best format that fits."
  package static let discussion = """
    For llama.cpp, weights and KV cache are exact, and the compute buffer is found by giving places to the tensors of its \
    graph as it does. Sliding windows, compressed keys and values, layers with a state of fixed size, shared caches, \
    quantized cells, several sequences and flash attention are all in it. Other engines follow published rules, graded by \
    evidence. Without a budget, the memory that programs may use on this machine is taken.
    """
  package static let scheduling = Scheduling.concurrent
  package static let card = MethodCard(title: "Forecast Memory", readOnly: true)

  package typealias Params = MemoryRequest
  package static let params = Schema.object(
    "The model, how it is to be run, and the memory that there is.",
    [
      Schema.model,
      .optional(
        "format", .string(length: 1...100),
        "The format of the weights: a file type of llama.cpp such as Q4_K_M, or framework/name; the file's own when absent."
      ),
      .optional("engine", .cases(MemoryEngine.self), "The program that runs the model; llama.cpp when absent."),
      .optional("contextTokens", .integer(1...(1 << 30)), "The context of all sequences together; 4096 when absent."),
      .optional("microBatchTokens", .integer(1...(1 << 16)), "The most tokens of one step (-ub); 512 when absent."),
      .optional("batchTokens", .integer(1...(1 << 20)), "The most tokens handed over at once (-b); 2048 when absent."),
      .optional("sequences", .integer(1...256), "Sequences at the same time (-np); 1 when absent."),
      .optional("isUnified", .boolean, "Whether all sequences share one cache (-kvu)."),
      .optional("keyFormat", .cases(KVCacheFormat.self), "How keys are cached (-ctk); f16 when absent."),
      .optional("valueFormat", .cases(KVCacheFormat.self), "How values are cached (-ctv); as keys when absent."),
      .optional(
        "flashAttention", .cases(MemoryRequest.FlashAttention.self), "Flash attention (-fa); auto when absent."),
      .optional("keepsFullWindow", .boolean, "Whether layers with a window keep the whole context (--swa-full)."),
      .optional(
        "outputTokens", .integer(1...(1 << 20)), "Tokens of a step whose logits are wanted; all when absent."),
      .optional("projector", .string(length: 1...4096), "The path of a projector for images or sound (--mmproj)."),
      .optional("budgetBytes", .integer(0...(1 << 60)), "The memory that there is; that of the machine when absent."),
      .optional("machine", .machineReference, "The machine whose memory is the budget; this one when absent."),
    ])
  package static let reply = Schema.record(
    "The memory of the model, and what fits.",
    [
      .required("model", .string, "The model as it was named."),
      .optional("architecture", .string, "The architecture as GGUF names it."),
      .optional("format", .string, "The format of the weights; absent for a file's own."),
      .required("forecast", .memoryForecast, "The memory, term by term."),
      .required("byContext", .array(atContext), "The total at other contexts."),
      .optional("fit", fit, "What fits; absent when the memory of the machine is not known."),
    ] + Schema.closingMembers)

  private static let atContext = Schema.record(
    "The memory at one context.",
    [
      .required("contextTokens", .integer(1...), "The context."),
      .required("totalBytes", .number(0...), "Everything that is known."),
    ])

  private static let fit = Schema.record(
    "What fits into a budget.",
    [
      .required("budgetBytes", .integer(0...), "The memory that there is."),
      .required("budgetSource", .string, "Where that number is from."),
      .required("fits", .boolean, "Whether the model fits as asked."),
      .optional("largestContextTokens", .integer(1...), "The largest context that fits; absent when none does."),
      .optional("bestFormat", .string, "The format with the most bits that fits at the context that was asked for."),
      .optional("bestFormatBytes", .number(0...), "Everything in that format."),
    ])

  package static let examples = [
    Example(
      "Grouped-query attention at a context of 8192 tokens",
      ["model": "llama-3.1-8b", "contextTokens": 8192, "budgetBytes": 8_589_934_592],
      shows: [
        "/forecast/terms/0/bytes/value": 4_912_898_304.0, "/forecast/terms/1/bytes/value": 1_073_741_824.0,
        "/forecast/terms/2/purpose": "computeBuffer", "/fit/fits": true,
      ]),
    Example(
      "Sliding windows, four sequences and quantized cells",
      [
        "model": "gemma-3-4b", "contextTokens": 32768, "sequences": 4, "keyFormat": "q8_0",
        "budgetBytes": 4_000_000_000,
      ]),
    Example("Another engine by its published rules", ["model": "qwen3-4b", "engine": "mlx", "format": "mlx/4bit-g64"]),
    Example("A misspelled name", ["model": "lama-3.1-8b"], failure: .modelNotFound),
    Example("A format that does not exist", ["model": "llama-3.1-8b", "format": "Q9_Z"], failure: .invalidParams),
  ]

  package static func run(_ params: Params, _ call: Call) async throws -> MemoryAnswer {
    try call.advisor.memory(params)
  }
}
