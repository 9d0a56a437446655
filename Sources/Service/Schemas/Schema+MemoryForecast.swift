import Advisor
package import JSON

extension Schema {
  /// The memory of a model in an engine, term by term.
  package static let memoryForecast: Schema = .named(
    "MemoryForecast",
    .record(
      "The memory that a model takes in an engine, term by term.",
      [
        .required("engine", .cases(MemoryEngine.self), "The program that runs the model."),
        .required("settings", settings, "How it is run."),
        .required("terms", .array(term), "The parts."),
        .required("totalBytes", quantity, "The sum of the parts."),
        .required("unknown", .array(.cases(MemoryTerm.Purpose.self)), "Parts that are not in the total."),
      ]))

  private static let term: Schema = .record(
    "One part of the memory.",
    [
      .required("purpose", .cases(MemoryTerm.Purpose.self), "What it is for."),
      .required("bytes", quantity, "How much."),
      .required("formula", .string, "The formula with its numbers."),
    ])

  private static let settings: Schema = .record(
    "How a model is run, as far as memory depends on it.",
    [
      .required("contextTokens", .integer(1...), "The context of all sequences."),
      .required("microBatchTokens", .integer(1...), "The most tokens of one step."),
      .required("batchTokens", .integer(1...), "The most tokens handed over at once."),
      .required("sequences", .integer(1...), "Sequences at the same time."),
      .required("isUnified", .boolean, "Whether all sequences share one cache."),
      .required("keyFormat", .cases(KVCacheFormat.self), "How keys are cached."),
      .required("valueFormat", .cases(KVCacheFormat.self), "How values are cached."),
      .required("usesFlashAttention", .boolean, "Whether attention is one operation."),
      .required("keepsFullWindow", .boolean, "Whether layers with a window keep the whole context."),
      .optional("outputTokens", .integer(1...), "Tokens of a step whose logits are wanted; absent for all."),
    ])
}
