package import TensorFormats

/// One matrix of a model: its place, format, size and cost.
package struct PlannedMatrix: Hashable, Sendable {
  package let role: WeightRole
  /// The layer, or 0 for the roles that exist once.
  package let layer: Int
  package let format: TensorFormat
  package let rows: Int
  package let columns: Int
  package let byteCount: Int
}
