package import TensorFormats

/// All matrices of a model and what they cost.
package struct WeightPlan: Hashable, Sendable {
  package let matrices: [PlannedMatrix]
  /// Bytes of norms, biases and rotation factors, all F32.
  package let vectorBytes: Int
  /// Says which matrices have another format than the recipe's, and why; nil when none has.
  package let fallbackNote: String?

  /// Bytes of all weights.
  package var weightBytes: Int { matrices.reduce(vectorBytes) { $0 + $1.byteCount } }

  /// The part of the experts that one token uses; 1 for dense models.
  package let usedExpertsFraction: Double

  /// Bytes of weights that decoding one token reads: everything, but of the experts those that it uses and of a separate
  /// embedding table one row.
  package var bytesReadPerToken: Int {
    let hasOutput = matrices.contains { $0.role == .output }
    return matrices.reduce(vectorBytes) { total, matrix in
      if matrix.role.isExperts { return total + Int(Double(matrix.byteCount) * usedExpertsFraction) }
      guard matrix.role == .embedding else { return total + matrix.byteCount }
      let rowBytes = matrix.byteCount / max(1, matrix.rows)
      return total + rowBytes + (hasOutput ? 0 : matrix.byteCount)
    }
  }

  /// Bytes per format, in the order in which formats first appear.
  package var bytesByFormat: [(format: TensorFormat, byteCount: Int)] {
    var order: [TensorFormat] = []
    var bytes: [TensorFormat: Int] = [:]
    for matrix in matrices {
      if bytes[matrix.format] == nil { order.append(matrix.format) }
      bytes[matrix.format, default: 0] += matrix.byteCount
    }
    return order.map { ($0, bytes[$0] ?? 0) }
  }

  init(matrices: [PlannedMatrix], vectorBytes: Int, usedExpertsFraction: Double, fallbackNote: String?) {
    self.matrices = matrices
    self.vectorBytes = vectorBytes
    self.usedExpertsFraction = usedExpertsFraction
    self.fallbackNote = fallbackNote
  }

  /// Plans a synthetic model.
  ///
  /// Throws when the shape is absurd or the bytes overflow.
  package init(shape: TransformerShape, recipe: WeightRecipe) throws(InferenceError) {
    try shape.validate()
    var matrices: [PlannedMatrix] = []
    var fallbacks: [String] = []
    for role in WeightRole.allCases {
      let (columns, rows) = role.size(in: shape)
      for layer in 0..<(role.isPerLayer ? shape.layers : 1) where role.exists(in: shape, layer: layer) {
        let format = recipe.format(role, layer: layer, shape: shape)
        let wanted = recipe.wantedFormat(role, layer: layer, shape: shape)
        if format != wanted {
          let text = "\(role.rawValue) \(format) instead of \(wanted) (\(columns) columns)"
          if !fallbacks.contains(text) { fallbacks.append(text) }
        }
        guard let byteCount = format.byteCount(values: rows * columns) else {
          throw .badHyperparameter(name: "\(role.rawValue) matrix", expected: "whole blocks", found: "\(columns)")
        }
        matrices.append(
          PlannedMatrix(
            role: role, layer: layer, format: format, rows: rows, columns: columns, byteCount: byteCount))
      }
    }
    self.init(
      matrices: matrices, vectorBytes: 4 * shape.vectorValues, usedExpertsFraction: shape.usedExpertsFraction,
      fallbackNote: fallbacks.isEmpty
        ? nil : "rows that do not fill whole blocks: " + fallbacks.joined(separator: ", "))
  }
}
