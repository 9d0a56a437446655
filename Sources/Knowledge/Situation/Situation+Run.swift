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
    /// The numeric format of the key-value cache: `f16`, `q8_0`, ...
    package var keyValueFormat: String?
    package var usesFlashAttention: Bool?

    package init() {}
  }
}
