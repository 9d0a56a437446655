import Evidence
import Knowledge

/// The confidence of a cause: a product of named factors, so that a reader can check it.
///
/// The factors order causes; they were chosen, not fitted to cases, and no frequency is meant.
struct Confidence: Sendable {
  private(set) var fraction = 1.0
  private(set) var parts: [String] = []

  /// The factors and the result in words.
  var basis: String { parts.joined(separator: " x ") + " = \(NumberText.text(fraction))" }

  init(_ reason: String, _ factor: Double) {
    take(reason, factor)
  }

  mutating func take(_ reason: String, _ factor: Double) {
    fraction *= factor
    parts.append("\(reason) \(NumberText.text(factor))")
  }

  /// Moves the confidence towards 1: independent evidence says the same.
  mutating func corroborate(_ reason: String) {
    fraction += (1 - fraction) * 0.4
    parts.append("\(reason) (raises it by 0.4 of what is missing to 1)")
  }

  /// The confidence that `symptom`, found in a log or quoted in words, is the cause.
  init(_ symptom: Symptom, isDescribed: Bool, framework: FrameworkNaming?) {
    switch symptom.evidence {
    case .source, .sourceAndIssue, .issueAndSource: self.init("message read in the framework's source", 0.95)
    case .issue: self.init("message seen in issues", 0.85)
    case .general: self.init("message generally known", 0.75)
    }
    if isDescribed { take("recognized in your words", 0.7) }
    if let framework {
      if !framework.agrees(with: symptom.framework) { take("it is a message of \(symptom.framework)", 0.4) }
      if symptom.isGeneric == true, framework.name != symptom.framework { take("other programs write it too", 0.7) }
    } else if symptom.isGeneric == true, symptom.framework != "any" {
      take("other programs write it too and the framework is not known", 0.5)
    }
    if symptom.isFollowOn == true { take("the line follows from another", 0.5) }
    switch symptom.severity {
    case .fatal, .error: break
    case .perf, .quality, .conflict, .design: take("no failure by itself", 0.9)
    case .warning: take("a warning", 0.7)
    case .info: take("for information", 0.4)
    }
  }

  /// The confidence that a rule that fired is the cause.
  init(_ card: RuleCard, evidence: Evidence, isSuspected: Bool) {
    switch evidence {
    case .measured: self.init("from measured values", 0.85)
    case .computed: self.init("computed", 0.8)
    case .calibrated: self.init("from calibrated values", 0.75)
    case .published: self.init("from published facts", 0.7)
    case .assumed: self.init("from assumptions", 0.5)
    }
    switch card.severity {
    case .error: break
    case .warning: take("severity warning", 0.95)
    case .hint: take("severity hint", 0.7)
    case .information: take("severity information", 0.4)
    }
    if RuleBook.consequences.contains(card.code) { take("it names a consequence", 0.5) }
    if isSuspected { corroborate("it is a usual cause of what was described") }
  }

  /// The confidence in a usual cause that could not be judged; `place` is its place among the usual ones.
  init(usualCauseAt place: Int) {
    self.init("a usual cause that could not be judged", 0.3)
    var factor = 1.0
    for _ in 0..<min(place, 40) { factor *= 0.9 }
    if place > 0 { take("place \(place + 1) among the usual ones", factor) }
  }
}
