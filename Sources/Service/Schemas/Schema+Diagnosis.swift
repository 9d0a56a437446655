import Advisor
package import JSON
import Knowledge

extension Schema {
  /// One way to deal with a cause.
  package static let diagnosisRemedy: Schema = .named(
    "DiagnosisRemedy",
    .record(
      "One way to deal with a cause.",
      [
        .optional("framework", .string, "The framework that it is for; absent when for every one."),
        .required("steps", .array(.string), "What to do, in order."),
        .required("commands", .array(.string), "Command lines; {model} and the like are for you to fill in."),
        .required("expectedEffect", .string, "What changes when it helps."),
        .required("verify", .nextStep, "How to see that it helped."),
      ]))

  /// What was seen while a model ran, and what was wanted.
  package static let diagnosisMetrics: Schema = .object(
    "What was seen while the model ran, and what was wanted; fractions run from 0 to 1.",
    [
      .optional("acceleratorMemoryUtilizationFraction", .number(0...1), "How full the accelerator's memory is."),
      .optional("acceleratorUtilizationFraction", .number(0...1), "How busy the accelerator is."),
      .optional("accuracyKeptFraction", .number(0...2), "The score over that of the unquantized model."),
      .optional("backgroundLoadFraction", .number(0...1), "What other programs use of all processors."),
      .optional("bandwidthUtilizationFraction", .number(0...1.5), "The share of the memory bandwidth in use."),
      .optional("clockFraction", .number(0...2), "The clock now over the clock at the start."),
      .optional("contextLength", count, "The context in tokens."),
      .optional("cpuQuotaCores", .number(above: 0, through: 65536), "The processor quota of the container, in cores."),
      .optional("cpuUtilizationFraction", .number(0...1), "How busy all processors are."),
      .optional("decodeTokensPerSecond", rate, "The rate of generation."),
      .optional("failedAllocationBytes", bytes, "The size of a memory request that was refused."),
      .optional("frequencyGovernor", .string(length: 1...100), "The frequency governor of the CPU, such as powersave."),
      .optional("keyValueFormat", .string(length: 1...100), "The format of the key-value cache, such as f16 or q8_0."),
      .optional(
        "latencySamplesSeconds", .array(seconds, count: 0...10_000),
        "Latencies of equal requests; from three on their variation is computed."),
      .optional("latencySeconds", seconds, "The time that a request takes."),
      .optional("latencyVariationFraction", .number(0...1000), "Standard deviation over mean of equal requests."),
      .optional("layerCount", count, "All layers, as the engine counts them."),
      .optional("loadSeconds", seconds, "The time from the start until requests are taken."),
      .optional("majorPageFaultsPerSecond", rate, "Major page faults while it generates."),
      .optional(
        "memoryBandwidthBytesPerSecond", .number(above: 0, through: 1e15), "What the machine's memory can deliver."),
      .optional("memoryBytes", bytes, "What the run takes."),
      .optional("memoryLimitBytes", bytes, "What the run may take."),
      .optional("memoryUtilizationFraction", .number(0...1), "How full the main memory is."),
      .optional("offloadedLayerCount", count, "Layers on the accelerator."),
      .optional("prefillTokensPerSecond", rate, "The rate at which prompts are read."),
      .optional("promptTokens", count, "The length of the prompt."),
      .optional("requestsPerSecond", rate, "Requests served."),
      .optional("swapBytesPerSecond", rate, "What goes to and comes from swap."),
      .optional("targetAccuracyKeptFraction", .number(0...2), "The accuracy to keep; 0.95 when absent."),
      .optional("targetDecodeTokensPerSecond", rate, "The rate of generation that is wanted."),
      .optional("targetLatencySeconds", seconds, "The latency that is wanted."),
      .optional("targetRequestsPerSecond", rate, "The requests a second that are wanted."),
      .optional("targetTimeToFirstTokenSeconds", seconds, "The wait for the first token that is acceptable."),
      .optional("temperatureCelsius", .number(-100...1000), "The temperature of the processor."),
      .optional("threads", count, "The threads of the engine."),
      .optional("timeToFirstTokenSeconds", seconds, "The wait for the first token."),
      .optional("usesChatTemplate", .boolean, "Whether prompts go through the model's chat template."),
      .optional("usesFlashAttention", .boolean, "Whether flash attention is on."),
      .optional("weightBytes", bytes, "The size of the weights."),
    ])

  private static let bytes = Schema.integer(0...(1 << 60))
  private static let count = Schema.integer(0...(1 << 30))
  private static let rate = Schema.number(0...1e15)
  private static let seconds = Schema.number(0...1e9)

  /// One possible cause.
  package static let diagnosedCause: Schema = .named(
    "DiagnosedCause",
    .record(
      "One possible cause.",
      [
        .required("code", .string, "The code of a rule or known message; rule/explain says more."),
        .required("title", .string, "The cause in a sentence."),
        .required(
          "standing", .cases(DiagnosedCause.Standing.self),
          "Whether its evidence was found, or it is only a usual cause of what was described."),
        .required("confidenceFraction", .number(0...1), "An ordering of the causes, not a frequency."),
        .required("confidenceBasis", .string, "The factors whose product the confidence is."),
        .required("why", .string, "Why it happens; where common advice is wrong, it says so."),
        .required("evidence", .array(matchedEvidence), "What was found that speaks for it."),
        .required("missing", .array(missingFact), "What would settle it, and how to get it."),
        .required("remedies", .array(diagnosisRemedy), "What to do, in order."),
        .required("related", .array(.string), "The codes of rules that explain more."),
        .required("sources", .array(.string), "Where the knowledge comes from."),
      ]))

  private static let matchedEvidence = Schema.record(
    "What was found.",
    [
      .required("kind", .cases(MatchedEvidence.Kind.self), "Where it was found."),
      .required("what", .string, "What it says."),
      .optional("line", .integer(1...), "The line of the log."),
      .optional("excerpt", .string, "The line, or the part of it around the match."),
      .optional("count", .integer(1...), "How often the log has it."),
      .optional("metric", .string, "The compared number."),
      .optional("value", .number, "Its value."),
      .optional("threshold", .number, "The limit that it was compared with."),
    ])

  private static let missingFact = Schema.record(
    "A missing fact.",
    [
      .required("what", .string, "What it is."),
      .required("how", .string, "How to get it."),
    ])

  /// One step of a plan.
  package static let resolutionStep: Schema = .named(
    "ResolutionStep",
    .record(
      "One step of the plan.",
      [
        .required("order", .integer(1...), "1 is the first."),
        .required("causes", .array(.string), "The causes that it is for."),
        .required("action", .string, "What to do."),
        .required("commands", .array(.string), "Command lines for it."),
        .required("verify", .nextStep, "How to see that it helped."),
      ]))

  /// A number that the log states.
  package static let logReading: Schema = .record(
    "A number that the log states.",
    [
      .required("field", .cases(LogReading.Field.self), "What it is; the name ends in the unit."),
      .required("value", .number, "The number."),
      .required("line", .integer(1...), "The line of the log."),
      .required("excerpt", .string, "The text around it."),
    ])
}
