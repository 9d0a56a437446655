package import Advisor
package import JSON

extension BenchmarkRequest {
  /// The parameters of `benchmark/start` and `benchmark/run`.
  package static let schema: Schema = .object(
    "What to measure: one model on this machine, at given lengths.",
    [
      .optional(
        "model", .text,
        "A path to a GGUF file, or a catalogue name, for which weights of that shape are made up; \(defaultModel) if absent."
      ),
      .optional(
        "quantization", .string(quantizations),
        "The file type of the made-up weights of a catalogue model; \(defaultQuantization) if absent."),
      .optional(
        "promptTokens", .integer(0...1_048_576), "Length of the prompt; \(defaultPromptTokens) if absent, 0 for none."),
      .optional(
        "generateTokens", .integer(0...1_048_576),
        "Length of one generation; \(defaultGenerateTokens) if absent, 0 for none."),
      .optional("depthTokens", .integer(0...1_048_576), "Tokens that are in the KV cache beforehand; 0 if absent."),
      .optional("threads", .integer(1...1024), "Kernel threads; the usable physical cores if absent."),
      .cacheFormat, .batchTokens(defaultBatchTokens), .weightPlacement,
      .optional(
        "targetSpreadFraction", .number(0...1),
        "Sampling ends when half the 80 % interval of the median is this part of it; \(defaultTargetSpreadFraction) if absent."
      ),
      .optional(
        "maximumRepetitions", .integer(1...10_000),
        "The most prompts, and the most generations, to measure; \(defaultMaximumRepetitions) if absent."),
      .optional(
        "timeLimitSeconds", .number(above: 0, through: 86_400),
        "Time for all samples together; \(Int(defaultTimeLimitSeconds)) if absent."),
      .optional(
        "workingSetBytes", .integer((64 << 20)...(1 << 50)),
        "Memory that made-up layers may take before layers repeat; decided from the free memory if absent."),
      .progressToken,
    ])

  /// A request that is measured in a few seconds.
  package static let shortExample: JSON = [
    "model": "smollm2-135m", "quantization": "Q4_0", "promptTokens": 16, "generateTokens": 8, "timeLimitSeconds": 1,
  ]
}

extension Schema.Member {
  /// The token under which long work reports its progress.
  static var progressToken: Schema.Member { Schema.progressToken }

  /// How the KV cache stores numbers.
  static var cacheFormat: Schema.Member {
    .optional(
      "cacheFormat", .string(BenchmarkRequest.cacheFormats),
      "How the KV cache stores numbers; \(BenchmarkRequest.cacheFormats[0]) if absent. Q8_0 and Q4_0 need a head size "
        + "that is a multiple of 32.")
  }

  /// The most tokens that prefill passes through the layers at once.
  static func batchTokens(_ usual: Int) -> Schema.Member {
    .optional(
      "batchTokens", .integer(1...16_384), "The most tokens of a prompt that are processed at once; \(usual) if absent."
    )
  }

  /// Where the weights of a file lie.
  static var weightPlacement: Schema.Member {
    .optional(
      "weights", .string(BenchmarkRequest.weightPlacements),
      "Where a file's weights lie: mapped without copying, or copied into huge pages, which every token reads faster; copied if "
        + "absent and there is memory for it. Catalogue models refuse it.")
  }
}
