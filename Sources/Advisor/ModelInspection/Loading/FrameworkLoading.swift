package import Knowledge

/// Whether one framework can load a model, and what to do.
package struct FrameworkLoading: Codable, Sendable, Hashable {
  /// How far the files are from what the framework loads.
  package enum Verdict: String, Codable, Sendable, CaseIterable {
    /// It loads these files.
    case asIs
    /// Its own tools make from these files what it loads.
    case afterConversion
    /// Neither.
    case no
    /// No source that was read tells.
    case unknown
  }

  package var framework: Framework
  package var verdict: Verdict
  /// Why, as one or two sentences.
  package var because: String
  /// What to run, in order; empty when there is nothing, or nothing is known.
  package var commands: [String] = []
  /// Where the verdict was read.
  package var source: String
}
