package import Advisor
import Benchmarking
package import JSON

extension KernelBenchmarkReport {
  /// The reply of `benchmark/kernels`.
  package static let schema: Schema = .named(
    "KernelBenchmarkReport",
    .record(
      "What the kernels reached, and what the machine allows: everything that a roofline shows.",
      [
        .required("rows", .array(row), "One for each kernel, format, tier, shape and number of tokens."),
        .required("ceilings", .array(roofline), "What each tier's instructions can do at most on this machine."),
        .required("threads", .integer(1...), "The threads that worked."),
        .required("workingSetBytes", .integer(1...), "The bytes through which measurements out of memory go."),
        .required("environment", .environment, "Under which conditions it was measured."),
        .required("startedAt", .string, "When the measurement began (RFC 3339)."),
        .required("totalSeconds", .number(0...), "The whole run."),
        .required("warnings", .array(.string), "What makes the figures less comparable."),
      ] + Schema.closingMembers))

  private static let row: Schema = .record(
    "One kernel at one shape.",
    [
      .required("family", .cases(KernelFamily.self), "The kind of kernel."),
      .optional("format", .string, "The format of weights or of cache cells; absent where all numbers are f32."),
      .required("tier", .string, "The instruction-set tier."),
      .optional(
        "isNativeKernel", .boolean,
        "Whether the tier has a product of its own for the format, rather than a slower tier's."),
      .required("shape", shape, "The sizes of one call, as far as the family has them."),
      .required(
        "tokens", .integer(1...), "Tokens of one call; of the vector operations, those that a thread goes through."),
      .required("threads", .integer(1...), "The threads that worked."),
      .required("residence", .cases(KernelShape.Residence.self), "Where the data lay."),
      .required("bytesPerSecond", .quantity, "Bytes read and written, each once."),
      .required("operationsPerSecond", .quantity, "Operations on numbers; a multiply-add is two."),
      .required("operationsPerByte", .quantity, "The arithmetic intensity."),
      .required("ceiling", .cases(Roofline.Ceiling.self), "What holds the kernel back at its best."),
      .required("ceilingFraction", .number(0...), "The rate over what that ceiling allows at this intensity."),
      .required("stopReason", .cases(SampleRun.StopReason.self), "Why sampling ended."),
    ])

  private static let shape: Schema = .record(
    "The sizes of one call, as far as the family has them.",
    [
      .optional("rows", .integer(1...), "Rows of weights that were multiplied."),
      .optional("columns", .integer(1...), "Values of a row, or of a token's vector."),
      .optional("heads", .integer(1...), "Heads of a token; of attention, those that share a key-value head."),
      .optional("headSize", .integer(1...), "Values of a head."),
      .optional("depthTokens", .integer(1...), "Positions of the cache that each token sees."),
    ])

  private static let roofline: Schema = .record(
    "What one tier's instructions can do at most with these threads.",
    [
      .required("tier", .string, "The instruction-set tier."),
      .required("memoryBandwidthBytesPerSecond", .quantity, "Reading main memory."),
      .required("cacheBandwidthBytesPerSecond", .quantity, "Reading what each thread's own cache holds."),
      .required("int8OperationsPerSecond", .quantity, "int8 multiplications and additions in registers."),
      .required("float32OperationsPerSecond", .quantity, "f32 multiplications and additions in registers."),
    ])
}
