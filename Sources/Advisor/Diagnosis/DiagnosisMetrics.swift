/// What was seen while a model ran, and what was wanted; nil is "not known".
package struct DiagnosisMetrics: Codable, Sendable, Hashable {
  package var acceleratorMemoryUtilizationFraction: Double?
  package var acceleratorUtilizationFraction: Double?
  package var accuracyKeptFraction: Double?
  package var backgroundLoadFraction: Double?
  package var bandwidthUtilizationFraction: Double?
  /// The clock now over the clock at the start.
  package var clockFraction: Double?
  package var contextLength: Int?
  package var cpuQuotaCores: Double?
  package var cpuUtilizationFraction: Double?
  package var decodeTokensPerSecond: Double?
  package var failedAllocationBytes: Int?
  package var frequencyGovernor: String?
  package var keyValueFormat: String?
  /// Latencies of equal requests, of which the variation is computed.
  package var latencySamplesSeconds: [Double]?
  package var latencySeconds: Double?
  package var latencyVariationFraction: Double?
  package var layerCount: Int?
  package var loadSeconds: Double?
  package var majorPageFaultsPerSecond: Double?
  package var memoryBandwidthBytesPerSecond: Double?
  package var memoryBytes: Int?
  package var memoryLimitBytes: Int?
  package var memoryUtilizationFraction: Double?
  package var offloadedLayerCount: Int?
  package var prefillTokensPerSecond: Double?
  package var promptTokens: Int?
  package var requestsPerSecond: Double?
  package var swapBytesPerSecond: Double?
  package var targetAccuracyKeptFraction: Double?
  package var targetDecodeTokensPerSecond: Double?
  package var targetLatencySeconds: Double?
  package var targetRequestsPerSecond: Double?
  package var targetTimeToFirstTokenSeconds: Double?
  package var temperatureCelsius: Double?
  package var threads: Int?
  package var timeToFirstTokenSeconds: Double?
  package var usesChatTemplate: Bool?
  package var usesFlashAttention: Bool?
  package var weightBytes: Int?

  package init() {}
}
