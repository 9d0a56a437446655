/// One row of the requirement matrix: a requirement of an application, graded for each framework.
package struct RequirementRecord: FactRecord, Hashable {
  package static let file = FactFile("requirements")
  package static let catalogue = Catalogue(reading: RequirementRecord.self)

  package let id: String
  package let name: String
  package let question: String
  package let grades: [Entry]
  package let source: String

  /// The grade of one framework.
  package struct Entry: Codable, Sendable, Hashable {
    package let framework: Framework
    /// What selection guides commonly say, in their words; nil when they do not list the framework.
    package let commonly: String?
    /// The grade by the current facts.
    package let grade: Grade
    package let because: String
    package let source: String
  }

  /// The entry of a framework.
  package func entry(_ framework: Framework) -> Entry? { grades.first { $0.framework == framework } }
}
