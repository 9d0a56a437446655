package import Evidence

/// What a rule makes of a situation.
package enum Outcome: Sendable, Hashable {
  /// The rule holds: the sentence that a reader sees, and what stands behind it.
  case fires(because: String, evidence: Evidence)
  /// The rule was looked at and does not hold.
  case quiet
  /// The rule could not be judged: the facts that it missed, as paths such as `machine.memoryBytes`.
  case unknown(missing: [String])

  /// The kind of the outcome without what it carries.
  package var kind: Kind {
    switch self {
    case .fires: .fires
    case .quiet: .quiet
    case .unknown: .unknown
    }
  }

  package enum Kind: String, Codable, Sendable, CaseIterable {
    case fires, quiet, unknown
  }
}
