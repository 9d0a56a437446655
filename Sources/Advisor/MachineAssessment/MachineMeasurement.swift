package import Benchmarking
package import Evidence

/// What was measured on this machine.
package struct MachineMeasurement: Codable, Sendable, Hashable {
  package var kernelTier: String
  package var threads: Int
  /// The read bandwidth by number of threads, fewest first.
  package var readBandwidth: [ReadBandwidth]
  /// The fewest threads that read memory nearly as fast as any number does: more help only what computes.
  package var bandwidthKneeThreads: Int
  /// The read bandwidth of all threads by the number of bytes that they read again and again, fewest first.
  package var bandwidthByWorkingSet: [WorkingSetRate]
  /// The levels of memory that the bandwidth shows, fastest first; the last is main memory.
  package var memoryLevels: [MemoryLevel]
  /// int8 multiplications and additions of all threads, in registers: the ceiling of prefill.
  package var int8OperationsPerSecond: Quantity
  /// f32 multiplications and additions of all threads, in registers.
  package var float32OperationsPerSecond: Quantity
  /// What our own kernels reach, by format.
  package var formats: [FormatRate]
  /// What the engine costs beside the products of weights, by number of threads; empty when it was not measured.
  package var engine: [EngineCosts]
  /// The size of the weights that decode read, which caches should not hold.
  package var workingSetBytes: Int
  package var elapsedSeconds: Double
  package var environment: EnvironmentRecord

  /// The rate at which a number of threads reads main memory.
  package struct ReadBandwidth: Codable, Sendable, Hashable {
    package var threads: Int
    package var bandwidthBytesPerSecond: Quantity
    /// Half the 80 % range of single passes over their median.
    package var spreadFraction: Double
  }

  /// The rate at which a number of bytes is read again and again.
  package struct WorkingSetRate: Codable, Sendable, Hashable {
    package var workingSetBytes: Int
    package var bandwidthBytesPerSecond: Double
  }

  /// A level of cache, or main memory, as the bandwidth shows it.
  package struct MemoryLevel: Codable, Sendable, Hashable {
    /// The most bytes that were read at about this rate; nil for main memory.
    package var capacityBytes: Int?
    package var bandwidthBytesPerSecond: Double
  }
}
