import Benchmarking
package import JSON

extension Schema {
  /// Samples of one figure, and what they say.
  package static let sampleRun: Schema = .named(
    "SampleRun",
    .record(
      "The samples of one figure, how they were taken, and what they say.",
      [
        .required("samples", .array(.number), "The kept samples, in the order in which they were taken."),
        .required("warmUpSamples", .array(.number), "The samples that warm-up threw away."),
        .required("warmUpRule", .string, "The rule by which warm-up samples were chosen."),
        .required("stopReason", .cases(SampleRun.StopReason.self), "Why no more samples were taken."),
        .required("elapsedSeconds", .number(0...), "The time for all samples together."),
        .optional("statistics", statistics, "What the samples say."),
        .optional("drift", drift, "Whether the samples rise or fall; absent for fewer than 8."),
      ]))

  private static let statistics: Schema = .record(
    "Order statistics of the samples.",
    [
      .required("count", .integer(1...), "How many samples."),
      .required("minimum", .number, "The smallest."),
      .required("maximum", .number, "The largest."),
      .required("mean", .number, "The mean."),
      .optional("standardDeviation", .number(0...), "With n-1 in the denominator."),
      .required("median", .number, "The median."),
      .required("medianAbsoluteDeviation", .number(0...), "The median distance from the median."),
      .required("p50", .number, "The 50th percentile."),
      .required("p90", .number, "The 90th percentile."),
      .required("p95", .number, "The 95th percentile."),
      .optional("p99", .number, "The 99th percentile; absent for fewer than 100 samples."),
      .optional("medianInterval", .any, "The 80 % interval of the median, from order statistics."),
      .required("percentileMethod", .string, "How percentiles are read off."),
    ])

  private static let drift: Schema = .record(
    "Whether the samples rise or fall over time (Mann-Kendall test, Theil-Sen slope).",
    [
      .required("changeFraction", .number, "The change over the run, as a fraction of the median."),
      .required("lastThirdOverFirstFraction", .number, "The median of the last third over that of the first, less 1."),
      .required("probability", .number(0...1), "The probability of such a trend by chance."),
      .required("isDrifting", .boolean, "Whether the trend is both unlikely by chance and large enough to matter."),
    ])

  /// Under which conditions a measurement was made.
  package static let environment: Schema = .named(
    "Environment",
    .record(
      "Under which conditions a measurement was made.",
      [
        .required("machine", .string, "The machine."),
        .optional("cpuModel", .string, "The processor."),
        .required("architecture", .string, "The architecture."),
        .required("kernelTier", .string, "The instruction-set tier of the kernels that ran."),
        .required("threads", .integer(1...), "The threads that worked."),
        .optional("frequencyGovernor", .string, "The frequency governor of the first processor."),
        .optional("powerSource", .string, "What powered the machine."),
        .optional("startedAtUnixSeconds", .integer, "When the measurement began."),
        .optional("loadAverageBefore", .number, "The load average before."),
        .optional("loadAverageAfter", .number, "The load average after."),
        .optional("frequencyHertzBefore", .integer, "The mean processor frequency before."),
        .optional("frequencyHertzAfter", .integer, "The mean processor frequency after."),
        .optional("hottestCelsiusBefore", .number, "The hottest thermal zone before."),
        .optional("hottestCelsiusAfter", .number, "The hottest thermal zone after."),
        .required("disturbance", disturbance, "What disturbed the measurement."),
      ]))

  private static let disturbance: Schema = .record(
    "What disturbed a measurement.",
    [
      .optional("othersBusyCores", .number(0...), "How many cores other processes kept busy on average."),
      .optional("stolenFraction", .number(0...1), "The share of processor time that the hypervisor gave to others."),
      .required("throttling", .cases(Disturbance.Throttling.self), "Whether the machine was slowed down."),
      .required("signs", .array(.string), "Each sign of disturbance as a sentence."),
      .required("unknown", .array(.string), "What could not be looked at on this machine."),
    ])
}
