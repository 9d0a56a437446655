/// Which kernels to measure, and for how long each.
package struct KernelBenchmarkRequest: Codable, Sendable, Hashable {
  /// Names of weight formats; nil takes every format that can be multiplied.
  package var formats: [String]?
  /// Names of tiers, or `all` for every one that can run here; nil takes the one that everything else uses.
  package var tiers: [String]?
  /// nil takes every family.
  package var families: [KernelFamily]?
  /// Tokens of products and attention; nil takes `defaultTokens`.
  package var tokens: [Int]?
  /// Weight matrices; nil takes `KernelShape.defaults`.
  package var shapes: [KernelShape]?
  /// Kernel threads; nil takes the physical cores that this process may use.
  package var threads: Int?
  /// The time for warm-up and samples of one measurement.
  package var secondsPerMeasurement: Double?

  package init() {}

  /// One token is decode; the others are short and long prompts.
  package static let defaultTokens = [1, 8, 32, 256]
  package static let defaultSecondsPerMeasurement = 0.15
  /// The name that stands for every usable tier.
  package static let allTiers = "all"
  /// The most measurements of one request.
  package static let maximumMeasurements = 5000
}
