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

  /// The rows of one of the matrices that it is made of: an expert's, or all.
  func partRows(in shape: TransformerShape) -> Int {
    role.isExperts ? rows / max(1, shape.experts?.count ?? 1) : rows
  }
}
