package import Evidence

/// The bytes of a model's weights, and how they were found.
package struct WeightBytes: Sendable, Hashable {
  package var bytes: Quantity
  package var formula: String

  package init(bytes: Quantity, formula: String) {
    self.bytes = bytes
    self.formula = formula
  }

  var term: MemoryTerm { MemoryTerm(.weights, bytes, formula: formula) }
}
