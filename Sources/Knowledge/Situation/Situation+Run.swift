extension Situation {
  /// What was seen while the model ran.
  package struct Run: Codable, Sendable, Hashable {
    package var cpuUtilizationFraction: Double?
    package var memoryUtilizationFraction: Double?
    package var bandwidthUtilizationFraction: Double?
    package var acceleratorUtilizationFraction: Double?
    package var acceleratorMemoryUtilizationFraction: Double?
    package var memoryBytes: Int?
    package var latencySeconds: Double?
    /// Median absolute deviation or standard deviation of the latency over its middle.
    package var latencyVariationFraction: Double?
    package var timeToFirstTokenSeconds: Double?
    package var decodeTokensPerSecond: Double?
    package var prefillTokensPerSecond: Double?
    package var requestsPerSecond: Double?
    package var errorFraction: Double?
    /// The score kept of the unquantized model's.
    package var accuracyKeptFraction: Double?
    /// What other programs use of all processors.
    package var backgroundLoadFraction: Double?
    /// The size of a memory request that was refused.
    package var failedAllocationBytes: Int?
    /// The time from the start of the program until it could take a request.
    package var loadSeconds: Double?
    /// The ids of the known messages in the log; empty when a log was read and none was found.
    package var messages: [String]?
    package var swapUsedBytes: Int?
    package var swapBytesPerSecond: Double?
    package var majorPageFaultsPerSecond: Double?
    package var temperatureCelsius: Double?
    /// The clock now over the clock at the start of the run.
    package var clockFraction: Double?
    package var threads: Int?
    package var batchSize: Int?
    package var contextLength: Int?
    package var promptTokens: Int?
    package var offloadedLayerCount: Int?
    /// All layers as the engine counts them, the output layer included.
    package var layerCount: Int?
    /// The numeric format of the key-value cache: `f16`, `q8_0`, ...
    package var keyValueBytes: Int?
    package var keyValueFormat: String?
    package var usesFlashAttention: Bool?
    /// Whether prompts go through the model's chat template.
    package var usesChatTemplate: Bool?

    package init() {}
  }
}
