/// A fact file that is missing or does not read as its records.
package struct FactError: Error, Hashable, CustomStringConvertible {
  package let file: String
  package let problem: String

  package init(file: String, problem: String) {
    self.file = file
    self.problem = problem
  }

  package var description: String { "facts \(file): \(problem)" }
}
