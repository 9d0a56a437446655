package import Evidence
package import Knowledge

/// Which framework to use, why, and why not the others.
package struct FrameworkAnswer: Codable, Sendable, Hashable {
  var platformMatch: Prepared<PlatformMatch>?
  /// The best first.
  package var candidates: [FrameworkCandidate]
  var ruledOutList: PreparedList<RuledOutFramework>
  var pathList: PreparedList<PathStep>
  var correctionList: PreparedList<CorrectionNote>
  var assumptionList: PreparedList<Assumption>
  var nextList: PreparedList<NextStep>

  private enum CodingKeys: String, CodingKey {
    case candidates
    case platformMatch = "platform"
    case ruledOutList = "ruledOut"
    case pathList = "path"
    case correctionList = "corrections"
    case assumptionList = "assumptions"
    case nextList = "next"
  }
}

extension FrameworkAnswer {
  /// The row of the platform matrix that the machine falls under; nil when too little of it is known.
  package var platform: PlatformMatch? { platformMatch?.value }
  package var ruledOut: [RuledOutFramework] { ruledOutList.values }
  /// The way through the decision tree, from its root.
  package var path: [PathStep] { pathList.values }
  /// What is commonly advised here and no longer holds.
  package var corrections: [CorrectionNote] { correctionList.values }
  package var assumptions: [Assumption] { assumptionList.values }
  package var next: [NextStep] { nextList.values }
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
