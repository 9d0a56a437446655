package import Advisor
package import JSON

extension GenerationReport {
  /// The reply of `generate/run`.
  package static let schema: Schema = .named(
    "GenerationReport",
    .record(
      "What a model said, and how long it took.",
      [
        .required("model", BenchmarkReport.modelSchema, "The model that ran."),
        .required("threads", .integer(1...), "The threads that worked."),
        .required("kernelTier", .string, "The instruction-set tier of the kernels."),
        .required("promptTokens", .array(.integer(0...)), "The prompt as the model read it."),
        .optional("chatTemplate", .string, "The chat format that was put around messages."),
        .optional("text", .string, "The answer without what ended it; absent when the model has no tokenizer."),
        .required("tokens", .array(.integer(0...)), "The tokens of the answer, the one that ended it included."),
        .required("stopReason", .cases(StopReason.self), "Why no more tokens came."),
        .optional("stoppedBy", .string, "The text that ended the answer."),
        .required("sampling", sampling, "How tokens were chosen."),
        .required("contextTokens", .integer(1...), "The positions of the KV cache."),
        .required("batchTokens", .integer(1...), "The most tokens of the prompt that were processed at once."),
        .required("cacheFormat", .string(BenchmarkRequest.cacheFormats), "How the KV cache stored numbers."),
        .required("timings", timings, "How long it took."),
        .required("memory", BenchmarkReport.memorySchema, "The memory that the run took."),
        .required("warnings", .array(.string), "What makes text or figures doubtful."),
      ]))

  private static let sampling: Schema = .record(
    "How tokens were chosen: top-k, top-p, min-p, then the temperature.",
    [
      .required("temperature", .number(0...), "What the logits are divided by; 0 takes the most likely token."),
      .required("topK", .integer(0...), "So many of the most likely tokens were kept; 0 all."),
      .required("topP", .number(0...1), "The most likely tokens of this probability were kept."),
      .required("minP", .number(0...1), "Tokens this likely in comparison with the first were kept."),
      .required("seed", .any, "The seed, an unsigned integer of 64 bits."),
    ])

  private static let timings: Schema = .record(
    "How long an answer took.",
    [
      .required("loadSeconds", .number(0...), "Reading the file and copying its weights, or making them."),
      .optional("tokenizeSeconds", .number(0...), "Reading the vocabulary and encoding the prompt."),
      .required("prefillTokensPerSecond", .quantity, "How fast the prompt was read."),
      .required("timeToFirstTokenSeconds", .quantity, "From the start of prefill to the first token."),
      .optional("decodeTokensPerSecond", .quantity, "How fast tokens came; absent for fewer than two."),
      .required("totalSeconds", .number(0...), "The whole run."),
    ])
}
