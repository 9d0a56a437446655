package import Evidence

/// The formats and contexts of a model on a machine, with the recommended one.
package struct FitAnswer: Codable, Sendable, Hashable {
  package var model: String
  package var machine: String
  package var engine: String
  package var threads: Int
  package var promptTokens: Int
  /// What the model may take; nil when the machine does not tell.
  package var usableMemoryBytes: Int?
  /// By context, then from the most bits to the fewest.
  package var rows: [Row]
  /// The place in `rows` of the recommended one; nil when none fits.
  package var recommended: Int?
  /// Why it is recommended, or what to do when none fits.
  package var because: String
  package var profile: ProfileRecord
  package var assumptions: [Assumption]
  package var next: [NextStep]

  /// A format with a context.
  package struct Row: Codable, Sendable, Hashable {
    package var format: String
    package var contextTokens: Int
    package var memoryBytes: Quantity
    package var timeToFirstTokenSeconds: Quantity
    /// With the context half full.
    package var decodeTokensPerSecond: Quantity
    package var quality: QualityNote
    package var verdict: Verdict
    /// The verdict as a sentence.
    package var because: String
  }

  package enum Verdict: String, Codable, Sendable, CaseIterable {
    /// It takes nine tenths of the memory at most.
    case fits
    /// It takes more than nine tenths of the memory, or may.
    case tight
    case tooLarge
    /// The machine does not tell its memory, or the model not enough of itself.
    case unknown
  }
}
