package import Evidence
package import Knowledge

/// What stands behind a code, or the list of all codes.
package struct CodeExplanation: Codable, Sendable, Hashable {
  package var rule: RuleExplanation?
  package var symptom: SymptomExplanation?
  package var complaint: ComplaintExplanation?
  /// Every code, when none was asked for.
  package var codes: [CodeSummary]?
  package var next: [NextStep]
}

/// One line of the list of codes.
package struct CodeSummary: Codable, Sendable, Hashable {
  package var code: String
  package var kind: Kind
  package var title: String
  package var severity: String?

  /// What a code stands for.
  package enum Kind: String, Codable, Sendable, CaseIterable {
    case rule, symptom, complaint
  }
}

/// A rule in full.
package struct RuleExplanation: Codable, Sendable, Hashable {
  package var code: String
  package var name: String
  package var severity: RuleCard.Severity
  package var summary: String
  package var rationale: String
  package var remedies: [Remedy]
  package var citations: [String]
  /// Situations in a few words, with what the rule makes of them.
  package var examples: [Example]

  /// A worked example of a rule.
  package struct Example: Codable, Sendable, Hashable {
    package var name: String
    package var expected: Outcome.Kind
  }
}

/// A known message or described trouble in full.
package struct SymptomExplanation: Codable, Sendable, Hashable {
  package var code: String
  package var title: String
  package var framework: String
  package var severity: Symptom.Severity
  /// How it is recognized: `substring`, `concept` (in words) or `regex: ` with the expression.
  package var match: String
  package var why: String
  package var remedies: [DiagnosisRemedy]
  /// The codes of rules that explain the matter further.
  package var related: [String]
  package var evidence: Symptom.Basis
  package var sources: [String]
}

/// A complaint in plain words, and the rules that may be behind it.
package struct ComplaintExplanation: Codable, Sendable, Hashable {
  package var code: String
  package var title: String
  /// The complaint is recognized when one word of each group occurs.
  package var words: [[String]]
  package var candidates: [String]
}
