package import JSON

extension Schema {
  /// What was measured on a machine.
  package static let machineMeasurement: Schema = .named(
    "MachineMeasurement",
    .record(
      "What this machine reaches, measured by our own kernels.",
      [
        .required("kernelTier", .string, "The instruction-set tier of the kernels."),
        .required("threads", .integer(1...), "The threads that worked."),
        .required("readBandwidth", .array(bandwidth), "Read bandwidth by number of threads."),
        .required(
          "bandwidthKneeThreads", .integer(1...),
          "The fewest threads that read memory nearly as fast as any number: more help only what computes."),
        .required("bandwidthByWorkingSet", .array(workingSetRate), "Read bandwidth by the bytes that are read again."),
        .required("memoryLevels", .array(memoryLevel), "The caches and main memory, as the bandwidth shows them."),
        .required("int8OperationsPerSecond", .quantity, "The ceiling of int8 arithmetic, in registers."),
        .required("float32OperationsPerSecond", .quantity, "The ceiling of f32 arithmetic, in registers."),
        .required("formats", .array(formatRate), "What the kernels reach, by format."),
        .required("engine", .array(engineCosts), "What passes cost beside products, by number of threads."),
        .required("workingSetBytes", .integer(1...), "The weights that decode read."),
        .required("elapsedSeconds", .number(0...), "How long it took."),
        .required("environment", .environmentRecord, "Under which conditions."),
      ]))

  private static let bandwidth = Schema.record(
    "Read bandwidth.",
    [
      .required("threads", .integer(1...), "The threads that read."),
      .required("bandwidthBytesPerSecond", .quantity, "What they read together."),
      .required("spreadFraction", .number(0...), "Half the 80 % range of single passes over their median."),
    ])

  private static let workingSetRate = Schema.record(
    "Read bandwidth of a working set.",
    [
      .required("workingSetBytes", .integer(1...), "The bytes that were read again and again."),
      .required("bandwidthBytesPerSecond", .number(0...), "What all threads read together."),
    ])

  private static let memoryLevel = Schema.record(
    "A level of cache, or main memory.",
    [
      .optional("capacityBytes", .integer(1...), "The most bytes that were read at this rate; absent for memory."),
      .required("bandwidthBytesPerSecond", .number(0...), "What all threads read together."),
    ])

  private static let engineCosts = Schema.record(
    "What our engine's passes cost beside the products of weights.",
    [
      .required("threads", .integer(1...), "The threads."),
      .required("layerSeconds", .number(0...), "Of a layer for one token: its loops."),
      .required("valueSeconds", .number(0...), "Of a value that one token's norms and roundings go over."),
      .required("cachedValueSeconds", .number(0...), "Of a value in the KV cache, for one token."),
      .required("queryValueSeconds", .number(0...), "Of a query's value at one position, for one token."),
      .required("attentionOperationsPerSecond", .number(0...), "Attention with many tokens."),
      .required("prefillValueSeconds", .number(0...), "Of a value that many tokens' norms and roundings go over."),
    ])

  private static let threadRates = Schema.record(
    "The rates of a number of threads.",
    [
      .required("threads", .integer(1...), "The threads."),
      .required("decodeBytesPerSecond", .number(0...), "Bytes of weights from memory, with one token."),
      .required("decodeCacheBytesPerSecond", .number(0...), "Bytes of weights from caches, with one token."),
      .required("prefill", .array(batchRate), "Products with many tokens, by their number."),
      .required("spreadFraction", .number(0...), "Half the 80 % range of single passes over their median."),
    ])

  private static let batchRate = Schema.record(
    "The rate of products with a number of tokens.",
    [
      .required("batchTokens", .integer(1...), "The tokens."),
      .required("operationsPerSecond", .number(0...), "Multiplications and additions."),
    ])

  private static let formatRate = Schema.record(
    "The rates of one format.",
    [
      .required("format", .string, "The format."),
      .required("isNativeKernel", .boolean, "Whether the tier has a kernel of its own for it."),
      .required("decodeBytesPerSecond", .quantity, "Bytes of weights multiplied with one token's activations."),
      .required("decodeCacheBytesPerSecond", .quantity, "The same for weights that the caches hold."),
      .required("decodeWeightsPerSecond", .quantity, "Weights multiplied with one token's activations."),
      .required("decodeBandwidthFraction", .number(0...), "The share of the measured read bandwidth."),
      .required("prefillOperationsPerSecond", .quantity, "Multiplications and additions with many tokens."),
      .required("prefillComputeFraction", .number(0...), "The share of the ceiling in registers."),
      .required("byThreads", .array(threadRates), "The rates by number of threads, fewest first."),
    ])

  /// Under which conditions a measurement was made, as `EnvironmentRecord` encodes it.
  package static let environmentRecord: Schema = .named(
    "EnvironmentRecord",
    .record(
      "Under which conditions a measurement was made.",
      [
        .required("machine", .string, "The machine's name."),
        .optional("cpuModel", .string, "The processor."),
        .required("architecture", .string, "The architecture."),
        .required("kernelTier", .string, "The tier of the kernels that ran."),
        .required("threads", .integer(1...), "The threads."),
        .optional("frequencyGovernor", .string, "The frequency governor."),
        .optional("powerSource", .string, "mains or battery."),
        .optional("startedAtUnixSeconds", .integer(0...), "When it began."),
        .optional("loadAverageBefore", .number(0...), "The load before."),
        .optional("loadAverageAfter", .number(0...), "The load after."),
        .optional("frequencyHertzBefore", .integer(0...), "The mean frequency before."),
        .optional("frequencyHertzAfter", .integer(0...), "The mean frequency after."),
        .optional("hottestCelsiusBefore", .number, "The hottest sensor before."),
        .optional("hottestCelsiusAfter", .number, "The hottest sensor after."),
        .required("disturbance", disturbance, "What disturbed it."),
      ]))

  private static let disturbance = Schema.record(
    "What disturbed a measurement.",
    [
      .optional("othersBusyCores", .number(0...), "Cores that other processes kept busy."),
      .optional("stolenFraction", .number(0...1), "The share of time that the hypervisor gave to others."),
      .required("throttling", .string(["none", "seen", "unknown"]), "Whether the machine was slowed down."),
      .required("signs", .array(.string), "Each sign of disturbance."),
      .required("unknown", .array(.string), "What could not be looked at."),
    ])

  /// A platform of the catalogue, as `PlatformListing` encodes it.
  package static let platformListing: Schema = .named(
    "Platform",
    .record(
      "A platform of the catalogue.",
      [
        .required("name", .string, "The name to give as machine."),
        .required("title", .string, "The product."),
        .required("deviceClass", .string, "The class of device."),
        .required("year", .integer(1990...2100), "When it came out."),
        .required("memoryBytesOptions", .array(.integer(1...)), "The memory sizes that it is sold with."),
        .optional("memoryBandwidthBytesPerSecond", .quantity, "The peak of its memory."),
        .optional("gpu", .string, "Its GPU."),
        .optional("npu", .string, "Its NPU."),
        .required("bestRuntimes", .array(.string), "The runtimes that are best known to work on it."),
        .required("notes", .string, "What else to know."),
        .required("source", .string, "Where the facts come from."),
      ]))
}
