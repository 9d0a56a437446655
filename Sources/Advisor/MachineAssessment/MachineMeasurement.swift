package import Benchmarking
package import Evidence

/// What was measured on this machine.
package struct MachineMeasurement: Codable, Sendable, Hashable {
  package var kernelTier: String
  package var threads: Int
  /// The read bandwidth by number of threads, fewest first.
  package var readBandwidth: [ReadBandwidth]
  /// int8 multiplications and additions of all threads, in registers: the ceiling of prefill.
  package var int8OperationsPerSecond: Quantity
  /// f32 multiplications and additions of all threads, in registers.
  package var float32OperationsPerSecond: Quantity
  /// What our own kernels reach, by format.
  package var formats: [FormatRate]
  /// The size of the weights that decode read, which caches should not hold.
  package var workingSetBytes: Int
  package var elapsedSeconds: Double
  package var environment: EnvironmentRecord

  /// The rate at which a number of threads reads main memory.
  package struct ReadBandwidth: Codable, Sendable, Hashable {
    package var threads: Int
    package var bandwidthBytesPerSecond: Quantity
  }
}
