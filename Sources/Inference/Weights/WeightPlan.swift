import Kernels
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

  /// Plans a synthetic model in a file type.
  ///
  /// Throws when the shape is absurd, the bytes overflow, or a matrix would have a format without kernels.
  package init(shape: TransformerShape, recipe: FileTypeRecipe) throws(InferenceError) {
    try shape.validate()
    var places: [(role: WeightRole, layer: Int)] = []
    for role in WeightRole.allCases {
      for layer in 0..<(role.isPerLayer ? shape.layers : 1) where role.exists(in: shape, layer: layer) {
        places.append((role, layer))
      }
    }
    let choices = recipe.choices(along: QuantizerWalk(shape.quantized(places)))
    var matrices: [PlannedMatrix] = []
    var fallbacks: [String] = []
    for ((role, layer), choice) in zip(places, choices) {
      let (columns, rows) = role.size(in: shape)
      let format = choice.format
      if format != choice.wanted {
        let text = "\(role.rawValue) \(format) instead of \(choice.wanted) (\(columns) columns)"
        if !fallbacks.contains(text) { fallbacks.append(text) }
      }
      guard KernelSet.formats.contains(format) else {
        throw .unsupportedFormat(tensor: role.tensorName(layer: layer), format: format, supported: KernelSet.formats)
      }
      guard let byteCount = format.byteCount(values: rows * columns) else {
        throw .badHyperparameter(name: "\(role.rawValue) matrix", expected: "whole blocks", found: "\(columns)")
      }
      matrices.append(
        PlannedMatrix(role: role, layer: layer, format: format, rows: rows, columns: columns, byteCount: byteCount))
    }
    self.init(
      matrices: matrices, vectorBytes: 4 * shape.vectorValues, usedExpertsFraction: shape.usedExpertsFraction,
      fallbackNote: fallbacks.isEmpty
        ? nil : "rows that do not fill whole blocks: " + fallbacks.joined(separator: ", "))
  }
}

extension TransformerShape {
  /// What llama.cpp's quantizer would see of a model with these matrices.
  fileprivate func quantized(_ places: [(role: WeightRole, layer: Int)]) -> QuantizedModel {
    QuantizedModel(
      tensors: places.map { .init(name: $0.role.tensorName(layer: $0.layer), shape: $0.role.tensorShape(in: self)) },
      layers: layers, headsPerKeyHead: mixer(of: 0) == .attention ? heads / max(1, kvHeads) : 0,
      experts: experts?.count ?? 0, isSeventyBillion: architecture == "llama" && layers == 80 && heads != kvHeads)
  }
}

extension FileTypeRecipe {
  /// The file types of which our kernels multiply every matrix.
  package static let runnable: [FileTypeRecipe] = allCases.filter { KernelSet.formats.contains($0.base) }

  /// The file type of that name if our kernels multiply its matrices.
  package init?(runnable name: String) {
    self.init(name: name)
    guard Self.runnable.contains(self) else { return nil }
  }
}
