package import Advisor
package import JSON

extension KernelBenchmarkRequest {
  /// The parameters of `benchmark/kernels`.
  package static let schema: Schema = .object(
    "Which kernels to measure, and for how long each.",
    [
      .optional(
        "formats", .array(.string(length: 1...40), count: 1...64),
        "Names of weight formats, such as Q4_0; every one that can be multiplied if absent."),
      .optional(
        "tiers", .array(.string(length: 1...40), count: 1...16),
        "Names of instruction-set tiers, or \(allTiers) for each that can run here; the fastest if absent."),
      .optional(
        "families", .array(.cases(KernelFamily.self), count: 1...16), "Kinds of kernels; all of them if absent."),
      .optional(
        "tokens", .array(.integer(1...4096), count: 1...16),
        "Tokens of products and attention, 1 for decode; 1, 8, 32 and 256 if absent."),
      .optional(
        "shapes", .array(shape, count: 1...8),
        "Weight matrices; 2048 x 8192 out of memory and 64 x 2048 in cache if absent."),
      .optional("threads", .integer(1...1024), "Kernel threads; the usable physical cores if absent."),
      .optional(
        "secondsPerMeasurement", .number(0.001...60),
        "Time for warm-up and samples of each measurement; \(defaultSecondsPerMeasurement) if absent."),
      .progressToken,
    ])

  private static let shape: Schema = .object(
    "A weight matrix.",
    [
      .required("rows", .integer(1...1_048_576), "Results of a product with one token."),
      .required("columns", .integer(1...1_048_576), "Values of a row; whole blocks of every format."),
      .optional(
        "residence", .cases(KernelShape.Residence.self),
        "Whether each pass reads other weights out of memory, or the same ones from cache; memory if absent."),
    ])
}
