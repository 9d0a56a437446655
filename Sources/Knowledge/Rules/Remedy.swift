/// What to do about a finding, in order, and how to see that it helped.
package struct Remedy: Codable, Sendable, Hashable {
  /// The framework that the steps are for; nil when they hold for every one.
  package var framework: Framework?
  /// Sentences in the imperative, the most useful first.
  package var steps: [String]
  /// Command lines with current flags; `{model}` and the like stand for what the reader fills in.
  package var commands: [String]?
  /// How to see that it helped.
  package var verify: String?

  package init(_ framework: Framework? = nil, steps: [String], commands: [String]? = nil, verify: String? = nil) {
    self.framework = framework
    self.steps = steps
    self.commands = commands
    self.verify = verify
  }
}
