/// How well a framework meets a requirement.
package enum Grade: String, Codable, Sendable, CaseIterable {
  case none, limited, fair, good, excellent

  /// 0 for none, 1 for excellent, in equal steps.
  package var shareFraction: Double {
    switch self {
    case .none: 0
    case .limited: 0.25
    case .fair: 0.5
    case .good: 0.75
    case .excellent: 1
    }
  }
}
