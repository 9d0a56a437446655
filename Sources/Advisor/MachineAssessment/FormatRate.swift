package import Benchmarking
package import Evidence

/// What our own kernels reach with weights of one format.
package struct FormatRate: Codable, Sendable, Hashable {
  package var format: String
  /// Whether the tier has a kernel of its own for the format, or uses a slower tier's.
  package var isNativeKernel: Bool
  /// Bytes of weights multiplied with one token's activations: what decode is bound by.
  package var decodeBytesPerSecond: Quantity
  /// Weights (values) multiplied with one token's activations: tokens per second times active parameters.
  package var decodeWeightsPerSecond: Quantity
  /// The share of the measured read bandwidth that decode reaches.
  package var decodeBandwidthFraction: Double
  /// Multiplications and additions with many tokens' activations: what prefill is bound by.
  package var prefillOperationsPerSecond: Quantity
  /// The share of the measured ceiling in registers that prefill reaches.
  package var prefillComputeFraction: Double
  /// Why sampling ended, for decode and prefill.
  package var decodeStopReason: SampleRun.StopReason
  package var prefillStopReason: SampleRun.StopReason
}
