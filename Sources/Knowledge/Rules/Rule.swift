/// One thing that Edgewise knows how to notice: a card that explains it, and a pure check of a situation.
///
/// A rule is an enum in a file of its own and one line in `RuleBook.all`.
package protocol Rule: Sendable {
  /// What a reader sees of the rule.
  static var card: RuleCard { get }
  /// Situations that the rule fires on, stays quiet on and cannot judge; documentation and tests at once.
  static var examples: [RuleExample] { get }
  /// Judges a situation by its facts alone: the same situation always has the same outcome.
  static func check(_ situation: Situation) -> Outcome
}

extension Rule {
  /// The stable code, such as `EW301`.
  package static var code: String { card.code }
}
