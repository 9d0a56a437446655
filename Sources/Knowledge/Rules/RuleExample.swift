/// A situation and what the rule must make of it.
package struct RuleExample: Codable, Sendable, Hashable {
  /// The story in a few words: "8 GB model on a 4 GB board".
  package var name: String
  package var expected: Outcome.Kind
  package var situation: Situation

  package init(_ expected: Outcome.Kind, _ name: String, _ fill: (inout Situation) -> Void = { _ in }) {
    self.name = name
    self.expected = expected
    self.situation = Situation(fill)
  }
}
