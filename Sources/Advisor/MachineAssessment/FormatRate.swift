package import Evidence

/// What our own kernels reach with weights of one format.
package struct FormatRate: Codable, Sendable, Hashable {
  package var format: String
  /// Whether the tier has a kernel of its own for the format, or uses a slower tier's.
  package var isNativeKernel: Bool
  /// Bytes of weights from memory multiplied with one token's activations: what decode is bound by.
  package var decodeBytesPerSecond: Quantity
  /// The same for weights that the caches hold: what decode is bound by where memory is fast.
  package var decodeCacheBytesPerSecond: Quantity
  /// Weights (values) multiplied with one token's activations: tokens per second times active parameters.
  package var decodeWeightsPerSecond: Quantity
  /// The share of the measured read bandwidth that decode reaches.
  package var decodeBandwidthFraction: Double
  /// Multiplications and additions with the most tokens' activations: what prefill is bound by.
  package var prefillOperationsPerSecond: Quantity
  /// The share of the measured ceiling in registers that prefill reaches.
  package var prefillComputeFraction: Double
  /// The rates by number of threads, fewest first.
  package var byThreads: [ThreadRates]

  /// The rates of a number of threads.
  package struct ThreadRates: Codable, Sendable, Hashable {
    package var threads: Int
    /// Bytes of weights from memory, for one token.
    package var decodeBytesPerSecond: Double
    /// Bytes of weights from the caches, for one token.
    package var decodeCacheBytesPerSecond: Double
    /// Multiplications and additions, by the number of tokens, fewest first.
    package var prefill: [BatchRate]
    /// Half the 80 % range of single passes, and of the bare reads beside them, over the median.
    package var spreadFraction: Double
  }

  /// The rate of products with a number of tokens at once.
  package struct BatchRate: Codable, Sendable, Hashable {
    package var batchTokens: Int
    package var operationsPerSecond: Double
  }
}
