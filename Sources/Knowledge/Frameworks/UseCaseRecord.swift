/// A primary use case and the frameworks that it favors, the best first.
package struct UseCaseRecord: FactRecord, Hashable {
  package static let file = FactFile("useCases")
  package static let catalogue = Catalogue(reading: UseCaseRecord.self)

  package let id: String
  package let name: String
  package let favors: [Framework]
  package let because: String
  package let source: String
}
