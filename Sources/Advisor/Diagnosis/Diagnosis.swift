package import Evidence
package import Knowledge

/// The answer to "why is it slow, or why does it fail".
package struct Diagnosis: Codable, Sendable, Hashable {
  /// The answer in one or two sentences.
  package var summary: String
  /// The causes, the most likely first.
  package var causes: [DiagnosedCause]
  /// What would usually be suspected and was looked at and found not to hold.
  package var ruledOut: [RuledOutCause]
  /// The ordered steps towards a solution.
  package var plan: [ResolutionStep]
  package var framework: InferredFramework?
  /// Numbers that were read out of the log.
  package var readings: [LogReading]
  /// What was given and could not be explained.
  package var unexplained: [Unexplained]
  package var assumptions: [Assumption]
  package var next: [NextStep]
}

/// One possible cause.
package struct DiagnosedCause: Codable, Sendable, Hashable {
  /// The code of a rule (`EW351`) or of a known message (`lcp-cuda-oom`); `rule/explain` says more.
  package var code: String
  package var title: String
  package var standing: Standing
  /// An ordering of the causes between 0 and 1, not a frequency.
  package var confidenceFraction: Double
  /// The factors whose product the confidence is.
  package var confidenceBasis: String
  /// Why it happens.
  package var why: String
  package var evidence: [MatchedEvidence]
  /// What would settle it; empty when nothing is missing.
  package var missing: [MissingFact]
  /// What to do, in order.
  package var remedies: [DiagnosisRemedy]
  /// The codes of rules that explain the matter further.
  package var related: [String]
  package var sources: [String]

  /// How sure a cause is.
  package enum Standing: String, Codable, Sendable, CaseIterable {
    /// Its evidence was found.
    case found
    /// It is a usual cause of what was described; whether it holds here is not known.
    case possible
  }
}

/// What was found that speaks for a cause.
package struct MatchedEvidence: Codable, Sendable, Hashable {
  package var kind: Kind
  /// What it says, as a sentence.
  package var what: String
  /// The line of the log, counted from 1.
  package var line: Int?
  package var excerpt: String?
  /// How often it was found in the log.
  package var count: Int?
  /// The name of the compared number.
  package var metric: String?
  package var value: Double?
  package var threshold: Double?

  /// Where evidence was found.
  package enum Kind: String, Codable, Sendable, CaseIterable {
    case log, metric, description, rule
  }
}

/// Something that would settle a question, and how to get it.
package struct MissingFact: Codable, Sendable, Hashable {
  package var what: String
  package var how: String
}

/// One way to deal with a cause.
package struct DiagnosisRemedy: Codable, Sendable, Hashable {
  /// The framework that it is for; nil when it holds for every one.
  package var framework: String?
  package var steps: [String]
  package var commands: [String]
  package var expectedEffect: String
  package var verify: NextStep
}

/// A suspicion that does not hold.
package struct RuledOutCause: Codable, Sendable, Hashable {
  package var code: String
  package var title: String
}

/// One step of the plan.
package struct ResolutionStep: Codable, Sendable, Hashable {
  /// 1 is the first.
  package var order: Int
  /// The causes that it is for.
  package var causes: [String]
  package var action: String
  package var commands: [String]
  package var verify: NextStep
}

/// Which framework is concerned.
package struct InferredFramework: Codable, Sendable, Hashable {
  package var name: String
  /// How it is known: named by the caller, or told by pieces of text.
  package var how: String
}

/// Something that was given and is not explained by any cause.
package struct Unexplained: Codable, Sendable, Hashable {
  package var what: String
  package var line: Int?
}
