package import Advisor
package import JSON

extension Recommendation {
  /// The reply of `advice/recommend`.
  package static let schema: Schema = .record(
    "How to run the model on the machine.",
    [
      .required("summary", .string, "The answer in a sentence or two."),
      .required("basis", .cases(Basis.self), "Whether formats were run on this machine, or the answer is from facts."),
      .required("model", model, "The model."),
      .required("machine", machine, "The machine."),
      .optional("fits", .boolean, "Whether the recommended format fits the memory; absent when that is not known."),
      .optional("framework", FrameworkSelect.candidate, "The framework to use; absent when each is ruled out."),
      .required("otherFrameworks", .array(FrameworkSelect.candidate), "The runners-up."),
      .required("ruledOutFrameworks", .array(FrameworkSelect.ruledOut), "What cannot be used here, and why."),
      .required("path", .array(FrameworkSelect.step), "The way through the decision tree, from its root."),
      .optional("quantization", QuantizationAdvise.format, "The format to use."),
      .required("otherQuantizations", .array(QuantizationAdvise.format), "The runners-up."),
      .optional("wouldFit", QuantizationAdvise.wouldFit, "What would fit when nothing does."),
      .required("settings", settings, "How to set up the run."),
      .required("expected", expected, "What to expect of the choice."),
      .required("measured", .array(measured), "What was run for this answer."),
      .required("commands", .array(.nextStep), "Commands in the order in which to run them."),
      .required("warnings", .array(.string), "What to be careful about."),
      .required("corrections", .array(.correction), "What is commonly advised here and no longer holds."),
    ] + Schema.closingMembers)

  private static let model: Schema = .record(
    "The model.",
    [
      .required("name", .string, "The name that people use."),
      .required("source", .string, "The path of the file, or the citation of the catalogue."),
      .optional("architecture", .string, "The architecture as GGUF files name it."),
      .optional("parameterCount", .integer(0...), "All parameters."),
      .optional("contextTokens", .integer(0...), "The context that the model was made for."),
    ])

  private static let machine: Schema = .record(
    "The machine.",
    [
      .required("name", .string, "The name."),
      .required("isThisMachine", .boolean, "Whether it is the one that answers."),
      .optional("cpuModel", .string, "The processor."),
      .required("architecture", .string, "The architecture."),
      .optional("usableCores", .integer(1...), "The cores that are worth a thread."),
      .optional("usableMemoryBytes", .integer(0...), "The memory that a model may take, all limits counted."),
      .required("accelerators", .array(.string), "GPUs, NPUs and others."),
      .optional("readBandwidthBytesPerSecond", .quantity, "How fast main memory can be read."),
    ])

  private static let settings: Schema = .record(
    "How to set up the run.",
    [
      .required("contextTokens", .integer(1...), "The context."),
      .optional("longestContextTokens", .integer(0...), "The longest context that fits."),
      .optional("threads", .integer(1...), "Threads for decoding."),
      .optional("batchThreads", .integer(1...), "Threads for prefill."),
      .required("threadsBecause", .string, "Why so many threads."),
      .required("cacheFormat", .string, "The format of the KV cache."),
      .required("cacheBecause", .string, "Why that format."),
    ])

  private static let expected: Schema = .record(
    "What to expect of the choice.",
    [
      .optional("decodeTokensPerSecond", .quantity, "How fast tokens come."),
      .optional("prefillTokensPerSecond", .quantity, "How fast a prompt is read."),
      .required("promptTokens", .integer(1...), "The prompt that the time to the first token is for."),
      .optional("timeToFirstTokenSeconds", .quantity, "How soon the first token comes."),
      .optional("memoryBytes", .quantity, "Weights, cache and buffers."),
      .required("targets", .array(target), "Each target that was set."),
    ])

  private static let target: Schema = .record(
    "A target and whether it is met.",
    [
      .required("target", .string, "The parameter that set it."),
      .required("wanted", .number, "The value that was set."),
      .optional("expected", .number, "The value to expect."),
      .optional("isMet", .boolean, "Whether it is met; absent when that is not known."),
    ])

  private static let measured: Schema = .record(
    "A format that was run.",
    [
      .required("format", .string, "The file type."),
      .required("isFile", .boolean, "Whether the weights were those of the file."),
      .required("threads", .integer(1...), "The threads that worked."),
      .required("kernelTier", .string, "The instruction-set tier of the kernels."),
      .optional("decodeTokensPerSecond", .quantity, "How fast tokens came."),
      .optional("prefillTokensPerSecond", .quantity, "How fast the prompt was read."),
      .required("promptTokens", .integer(0...), "The length of the prompt that was read."),
      .optional("bandwidthCeilingFraction", .number(0...), "Decoding's share of the measured read bandwidth."),
      .required("notes", .array(.string), "What to know of the weights."),
    ])
}
