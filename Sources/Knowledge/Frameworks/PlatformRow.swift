/// One row of the platform matrix: a kind of hardware and the frameworks for it, the best first.
package struct PlatformRow: FactRecord, Hashable {
  package static let file = FactFile("platformRows")
  package static let catalogue = Catalogue(reading: PlatformRow.self)

  package let id: String
  package let name: String
  /// The order that selection guides commonly give.
  package let commonly: [Framework]
  /// The order by the current facts.
  package let current: [Framework]
  package let because: String
  /// The id of the correction that explains the difference.
  package let correction: String?
  package let source: String
}
