/// The part of a rule that is read: what it notices, why that matters and what to do about it.
package struct RuleCard: Codable, Sendable, Hashable {
  /// Stable: EW1xx memory, EW2xx format and compatibility, EW3xx speed, EW4xx quality, EW5xx deployment,
  /// EW6xx environment.
  package var code: String
  /// Kebab case, reads well after "allow".
  package var name: String
  package var severity: Severity
  /// One sentence.
  package var summary: String
  /// Why the rule holds.
  package var rationale: String
  package var remedies: [Remedy]
  /// Where the rule's facts come from; never empty.
  package var citations: [String]

  package init(
    code: String, name: String, severity: Severity, summary: String, rationale: String, remedies: [Remedy] = [],
    citations: [String]
  ) {
    self.code = code
    self.name = name
    self.severity = severity
    self.summary = summary
    self.rationale = rationale
    self.remedies = remedies
    self.citations = citations
  }

  /// How bad it is when a rule fires.
  package enum Severity: String, Codable, Sendable, CaseIterable, Comparable {
    case information, hint, warning, error

    private var rank: Int {
      switch self {
      case .information: 0
      case .hint: 1
      case .warning: 2
      case .error: 3
      }
    }

    package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
  }
}
