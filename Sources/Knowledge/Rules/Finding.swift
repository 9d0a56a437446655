package import Evidence

/// A rule that fired, or could not be judged, on a situation.
package struct Finding: Codable, Sendable, Hashable {
  package var code: String
  package var rule: String
  package var severity: RuleCard.Severity
  /// The sentence that a reader sees.
  package var because: String
  package var evidence: Evidence
}
