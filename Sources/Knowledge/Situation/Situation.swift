/// Everything that a rule may look at: each fact is optional, and a rule names the facts that it missed.
///
/// Callers fill in what they know; nothing here is ever guessed. Quantities are in the unit that their name ends in,
/// fractions run from 0 to 1.
package struct Situation: Codable, Sendable, Hashable {
  package var machine = Machine()
  package var model = Model()
  package var goals = Goals()
  package var run = Run()
  package var software = Software()

  package init() {}

  /// Builds a situation in one expression: `Situation { $0.machine.memoryBytes = 8 << 30 }`.
  package init(_ fill: (inout Situation) -> Void) {
    fill(&self)
  }
}
