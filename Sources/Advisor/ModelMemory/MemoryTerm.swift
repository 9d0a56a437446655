package import Evidence

/// One part of the memory that a model takes.
package struct MemoryTerm: Sendable, Hashable, Codable {
  /// What the memory is for.
  package enum Purpose: String, Sendable, Codable, CaseIterable {
    case weights
    /// Weights that are stored a second time in an order that suits the kernels.
    case repackedWeights
    case kvCache
    case recurrentState
    case computeBuffer
    case outputBuffer
    case projector
    case overhead
  }

  package var purpose: Purpose
  package var bytes: Quantity
  /// The formula with its numbers.
  package var formula: String

  package init(_ purpose: Purpose, _ bytes: Quantity, formula: String) {
    self.purpose = purpose
    self.bytes = bytes
    self.formula = formula
  }
}
