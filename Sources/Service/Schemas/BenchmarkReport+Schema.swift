package import Advisor
package import JSON

extension BenchmarkReport {
  /// The reply of `benchmark/run` and `benchmark/result`.
  package static let schema: Schema = .named(
    "BenchmarkReport",
    .record(
      "What a benchmark measured, with everything that is needed to judge and repeat it.",
      [
        .required("model", modelSchema, "The model that ran."),
        .required("threads", .integer(1...), "The threads that worked."),
        .required("kernelTier", .string, "The instruction-set tier of the kernels."),
        .required("batchTokens", .integer(1...), "The most tokens of a prompt that were processed at once."),
        .required("cacheFormat", .string(BenchmarkRequest.cacheFormats), "How the KV cache stored numbers."),
        .optional("prefill", prefill, "How fast the prompt was read; absent when promptTokens was 0."),
        .optional("decode", decode, "How fast tokens came; absent when generateTokens was 0."),
        .optional(
          "timeToFirstTokenSeconds", .quantity, "From the prompt to the first new token, weights in memory."),
        .required("ceilings", ceilings, "What the machine can do at most, measured in the same sitting."),
        .required("memory", memorySchema, "The memory that the run took."),
        .required("environment", .environment, "Under which conditions it was measured."),
        .required("startedAt", .string, "When the measurement began (RFC 3339)."),
        .required("loadSeconds", .number(0...), "Reading the file and copying its weights, or making them."),
        .required("totalSeconds", .number(0...), "The whole run."),
        .required("warnings", .array(.string), "What makes the figures less comparable."),
      ] + Schema.closingMembers))

  static let modelSchema: Schema = .record(
    "The model that ran.",
    [
      .required("name", .string, "The name that people use."),
      .required("source", .cases(MeasuredModel.Source.self), "Whether the weights are a file's or made up."),
      .required("origin", .string, "The path of the file, or the citation of the shape."),
      .required("architecture", .string, "The architecture that ran."),
      .required("quantization", .string, "The file type."),
      .required("parameterCount", .integer(1...), "All parameters."),
      .required("weightBytes", .integer(1...), "The bytes of all weights."),
      .required("bytesReadPerToken", .integer(1...), "The weight bytes that one decoded token reads."),
      .required("residentWeightBytes", .integer(1...), "The weight bytes that are in memory; less when layers repeat."),
      .required("repeatedLayers", .integer(0...), "How many layers reuse the memory of others."),
      .optional("standIn", .string, "How the shape that ran differs from the model that was named."),
      .optional(
        "weights", .string(BenchmarkRequest.weightPlacements),
        "Where the weights of the file lay; absent when they were made up."),
      .optional(
        "weightCopySeconds", .number(0...), "The part of loading that copied the weights; absent when they were not."),
      .required("notes", .array(.string), "What else to know of the weights."),
    ])

  private static let prefill: Schema = .record(
    "How fast a prompt is read.",
    [
      .required("promptTokens", .integer(1...), "Length of the prompt."),
      .required("depthTokens", .integer(0...), "Tokens in the cache beforehand."),
      .required("tokensPerSecond", .quantity, "Prompt tokens per second."),
      .required("operationsPerSecond", .quantity, "Multiplications and additions of the matrix products per second."),
      .optional("computeCeilingFraction", .number(0...), "That rate over the measured ceiling."),
      .required("seconds", .sampleRun, "Seconds of each repetition."),
    ])

  private static let decode: Schema = .record(
    "How fast tokens come.",
    [
      .required("generateTokens", .integer(1...), "Length of one generation."),
      .required("depthTokens", .integer(0...), "Tokens in the cache beforehand."),
      .required("tokensPerSecond", .quantity, "Decoded tokens per second."),
      .required(
        "bytesReadPerToken", .integer(1...), "Weight and cache bytes that one token read, on average over a generation."
      ),
      .required("readBytesPerSecond", .quantity, "Bytes of weights and cache read per second."),
      .optional("bandwidthCeilingFraction", .number(0...), "That rate over the measured read bandwidth."),
      .required("interTokenLatencySeconds", .sampleRun, "Seconds from one token to the next, a sample each."),
    ])

  private static let ceilings: Schema = .record(
    "What the machine can do at most with these threads.",
    [
      .required("readBandwidthBytesPerSecond", .quantity, "Reading main memory."),
      .optional("operationsPerSecond", .quantity, "Multiplications and additions of the kind that prefill uses."),
    ])

  static let memorySchema: Schema = .record(
    "The memory that a run took.",
    [
      .required("weightBytes", .integer(0...), "Weights in memory."),
      .required("cacheBytes", .integer(0...), "The KV cache."),
      .required("cacheBytesPerToken", .integer(0...), "What one token adds to the KV cache."),
      .required("scratchBytes", .integer(0...), "Activations and other work space."),
      .optional("peakResidentBytes", .integer(0...), "The most that the process held in memory."),
    ])
}
