package import TensorFormats

/// Which format each matrix of a synthetic model gets, as llama.cpp's quantizer would choose for a file type.
package enum WeightRecipe: String, Hashable, Sendable, CaseIterable {
  case f32 = "F32"
  case f16 = "F16"
  case q8_0 = "Q8_0"
  case q4_0 = "Q4_0"
  case q4_k_m = "Q4_K_M"
  case q6_k = "Q6_K"

  /// Finds a recipe by its file type name, in any letter case.
  package init?(name: String) {
    self.init(rawValue: name.uppercased())
  }

  /// The format of a matrix, before it is known whether its rows fill whole blocks.
  ///
  /// Source: llama.cpp `src/llama-quant.cpp`: the output matrix of Q4 files is Q6_K, and Q4_K_M gives Q6_K to the value
  /// and down matrices of the first and last eighth of the layers and of every third in between.
  package func wantedFormat(_ role: WeightRole, layer: Int, shape: TransformerShape) -> TensorFormat {
    // The router decides by small differences, and is small.
    if role == .router { return .f32 }
    let isOutput = role == .output || (role == .embedding && shape.tiedOutput)
    switch self {
    case .f32: return .f32
    case .f16: return .f16
    case .q8_0: return .q8_0
    case .q6_k: return .q6_k
    case .q4_0: return isOutput ? .q6_k : .q4_0
    case .q4_k_m:
      if isOutput { return .q6_k }
      guard role == .value || role == .down || role == .expertDown else { return .q4_k }
      let eighth = shape.layers / 8
      let isKept = layer < eighth || layer >= 7 * shape.layers / 8 || (layer - eighth) % 3 == 2
      return isKept ? .q6_k : .q4_k
    }
  }

  /// The format of a matrix whose rows have `columns` values: the wanted one, or the nearest that they fill.
  ///
  /// Rows that are no multiple of 256 take Q4_0 for Q4_K (llama.cpp takes Q5_0) and Q8_0 for Q6_K; rows that are no
  /// multiple of 32 take F16.
  package func format(_ role: WeightRole, layer: Int, shape: TransformerShape) -> TensorFormat {
    let columns = role.size(in: shape).columns
    var format = wantedFormat(role, layer: layer, shape: shape)
    if !columns.isMultiple(of: format.valuesPerBlock) { format = format == .q4_k ? .q4_0 : .q8_0 }
    return columns.isMultiple(of: format.valuesPerBlock) ? format : .f16
  }
}
