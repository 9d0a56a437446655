package import Evidence

/// The memory of a model, whether it fits, and what would.
package struct MemoryAnswer: Sendable, Codable, Hashable {
  package var model: String
  package var architecture: String?
  /// The format that the weights are computed in; nil for a file's own.
  package var format: String?
  package var forecast: MemoryForecast
  package var byContext: [AtContext]
  package var fit: Fit?
  package var assumptions: [Assumption]
  package var next: [NextStep]

  /// The memory at one context.
  package struct AtContext: Sendable, Codable, Hashable {
    package var contextTokens: Int
    package var totalBytes: Double
  }

  /// What fits into a budget.
  package struct Fit: Sendable, Codable, Hashable {
    package var budgetBytes: Int
    package var budgetSource: String
    package var fits: Bool
    /// The largest context that fits; nil when none does.
    package var largestContextTokens: Int?
    /// The format with the most bits that fits at this context; nil when none does, or the weights are a file's own.
    package var bestFormat: String?
    package var bestFormatBytes: Double?
  }
}
