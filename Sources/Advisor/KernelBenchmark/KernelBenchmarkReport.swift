package import Benchmarking
package import Evidence

/// What the kernels reached, and what the machine allows: everything that a roofline shows.
package struct KernelBenchmarkReport: Codable, Sendable {
  package var rows: [Row]
  /// One for each tier that was measured, in its own instructions.
  package var ceilings: [Roofline]
  package var threads: Int
  /// The bytes through which measurements out of memory go.
  package var workingSetBytes: Int
  package var environment: EnvironmentRecord
  package var startedAt: String
  package var totalSeconds: Double
  /// What makes the figures less comparable, as sentences.
  package var warnings: [String]
  package var assumptions: [Assumption]
  package var next: [NextStep]

  /// One kernel at one shape.
  package struct Row: Codable, Sendable, Hashable {
    package var family: KernelFamily
    /// Of the weights or of the cache's cells; nil where all numbers are f32.
    package var format: String?
    package var tier: String
    /// Whether the tier has a product of its own for the format; nil for the other families.
    package var isNativeKernel: Bool?
    package var shape: Shape
    package var tokens: Int
    package var threads: Int
    package var residence: KernelShape.Residence
    package var bytesPerSecond: Quantity
    package var operationsPerSecond: Quantity
    package var operationsPerByte: Quantity
    /// What holds the kernel back at its best.
    package var ceiling: Roofline.Ceiling
    /// `operationsPerSecond` over what that ceiling allows at this intensity.
    package var ceilingFraction: Double
    package var stopReason: SampleRun.StopReason
  }

  /// The sizes of one call, as far as the family has them.
  package struct Shape: Codable, Sendable, Hashable {
    package var rows: Int?
    package var columns: Int?
    package var heads: Int?
    package var headSize: Int?
    package var depthTokens: Int?

    package init(
      rows: Int? = nil, columns: Int? = nil, heads: Int? = nil, headSize: Int? = nil, depthTokens: Int? = nil
    ) {
      self.rows = rows
      self.columns = columns
      self.heads = heads
      self.headSize = headSize
      self.depthTokens = depthTokens
    }
  }
}
