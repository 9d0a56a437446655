package import Evidence
package import Knowledge

/// Which framework to use, why, and why not the others.
package struct FrameworkAnswer: Codable, Sendable, Hashable {
  /// The row of the platform matrix that the machine falls under; nil when too little of it is known.
  package var platform: PlatformMatch?
  /// The best first.
  package var candidates: [FrameworkCandidate]
  package var ruledOut: [RuledOutFramework]
  /// The way through the decision tree, from its root.
  package var path: [PathStep]
  /// What is commonly advised here and no longer holds.
  package var corrections: [CorrectionNote]
  package var assumptions: [Assumption]
  package var next: [NextStep]
}

/// A row of the platform matrix.
package struct PlatformMatch: Codable, Sendable, Hashable {
  package var row: String
  package var name: String
  package var commonly: [Framework]
  package var current: [Framework]
  package var because: String
  package var source: String
}

/// A framework that could be used.
package struct FrameworkCandidate: Codable, Sendable, Hashable {
  package var framework: Framework
  package var name: String
  /// The version that the facts hold for.
  package var version: String
  /// The sum of the weights of the reasons.
  package var score: Double
  /// What would do the work: `CPU`, or a back end and the device.
  package var runsOn: String
  /// Reasons for have positive weights, reasons against negative ones.
  package var reasons: [Reason]
  /// In the order in which to run them.
  package var commands: [FrameworkCommand]
  package var cautions: [String]
}

/// A command line and what it does.
package struct FrameworkCommand: Codable, Sendable, Hashable {
  package var purpose: FrameworkRecord.Purpose
  package var line: String
}

/// A framework that cannot be used here.
package struct RuledOutFramework: Codable, Sendable, Hashable {
  package var framework: Framework
  package var code: String
  package var rule: String
  package var because: String
}

/// One node of the decision tree.
package struct PathStep: Codable, Sendable, Hashable {
  package var node: String
  package var question: String
  package var answer: String
  package var consequence: String
}

/// Advice that is out of date.
package struct CorrectionNote: Codable, Sendable, Hashable {
  package var id: String
  package var note: String
  package var source: String
}
