package import Benchmarking
package import Evidence
package import Inference
package import Kernels

/// What a benchmark measured, with everything that is needed to judge and repeat it.
package struct BenchmarkReport: Codable, Sendable {
  package var model: MeasuredModel
  package var threads: Int
  /// The instruction-set tier of the kernels that ran.
  package var kernelTier: String
  /// The most tokens that prefill passed through the layers at once.
  package var batchTokens: Int
  /// How the KV cache stored numbers.
  package var cacheFormat: CellFormat
  package var prefill: PrefillMeasurement?
  package var decode: DecodeMeasurement?
  /// From the call with the prompt to the choice of the first new token, weights in memory.
  package var timeToFirstTokenSeconds: Quantity?
  package var ceilings: Ceilings
  package var memory: MemoryUse
  package var environment: EnvironmentRecord
  package var startedAt: String
  /// Reading the file and copying its weights, or making them.
  package var loadSeconds: Double
  package var totalSeconds: Double
  /// What makes the figures less comparable, as sentences.
  package var warnings: [String]
  package var assumptions: [Assumption]
  package var next: [NextStep]

  /// The model that ran.
  package struct MeasuredModel: Codable, Sendable {
    package var name: String
    package var source: Source
    /// The path of the file, or the citation of the shape.
    package var origin: String
    package var architecture: String
    package var quantization: String
    package var parameterCount: Int
    package var weightBytes: Int
    /// The weight bytes that one decoded token reads.
    package var bytesReadPerToken: Int
    /// The weight bytes that are in memory, less than `weightBytes` when layers repeat.
    package var residentWeightBytes: Int
    /// How many layers reuse the memory of others; 0 when each has its own.
    package var repeatedLayers: Int
    /// How the shape that ran differs from the model that was named; nil when it does not.
    package var standIn: String?
    /// Where the weights of the file lay; nil for made-up ones.
    package var weights: WeightPlacement?
    /// The part of loading that copied the weights; nil when they were not copied.
    package var weightCopySeconds: Double?
    package var notes: [String]

    package enum Source: String, Codable, Sendable, CaseIterable {
      /// The weights of the file.
      case file
      /// Made-up weights of the model's shape; speed is the same, the text would be noise.
      case synthetic
    }
  }

  package struct PrefillMeasurement: Codable, Sendable {
    package var promptTokens: Int
    package var depthTokens: Int
    package var tokensPerSecond: Quantity
    /// Multiplications and additions of the matrix products per second.
    package var operationsPerSecond: Quantity
    /// `operationsPerSecond` over the measured ceiling; nil when the ceiling was not measured.
    package var computeCeilingFraction: Double?
    /// Seconds of each repetition.
    package var seconds: SampleRun
  }

  package struct DecodeMeasurement: Codable, Sendable {
    package var generateTokens: Int
    package var depthTokens: Int
    package var tokensPerSecond: Quantity
    /// Bytes of weights and cache that one token read, on average over the generation.
    package var bytesReadPerToken: Int
    /// Bytes of weights and cache that were read per second.
    package var readBytesPerSecond: Quantity
    /// `readBytesPerSecond` over the measured read bandwidth.
    package var bandwidthCeilingFraction: Double?
    /// Seconds between one token and the next, one sample each.
    package var interTokenLatencySeconds: SampleRun
  }

  /// What the machine can do at most, measured in the same sitting with the same threads.
  package struct Ceilings: Codable, Sendable {
    package var readBandwidthBytesPerSecond: Quantity
    package var operationsPerSecond: Quantity?
  }

  package struct MemoryUse: Codable, Sendable {
    package var weightBytes: Int
    package var cacheBytes: Int
    /// What one token adds to the keys and values of all layers.
    package var cacheBytesPerToken: Int
    package var scratchBytes: Int
    /// The most that the process held in memory during the run; nil where the system does not tell.
    package var peakResidentBytes: Int?
  }
}
