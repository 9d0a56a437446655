/// A way of working and the order in which it prefers the frameworks.
package struct WorkflowRecord: FactRecord, Hashable {
  package static let file = FactFile("workflows")
  package static let catalogue = Catalogue(reading: WorkflowRecord.self)

  package let id: String
  package let name: String
  package let order: [Framework]
  package let because: String
  package let status: String
  package let source: String
}
