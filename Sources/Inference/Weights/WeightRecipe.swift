package import TensorFormats

/// Which format each matrix of a synthetic model gets, as llama.cpp's quantizer would choose for a file type.
package enum WeightRecipe: String, Hashable, Sendable, CaseIterable {
  case f32 = "F32"
  case f16 = "F16"
  case bf16 = "BF16"
  case q8_0 = "Q8_0"
  case q4_0 = "Q4_0"
  case q4_1 = "Q4_1"
  case q5_0 = "Q5_0"
  case q5_1 = "Q5_1"
  case q2_k = "Q2_K"
  case q3_k_m = "Q3_K_M"
  case q4_k_s = "Q4_K_S"
  case q4_k_m = "Q4_K_M"
  case q5_k_s = "Q5_K_S"
  case q5_k_m = "Q5_K_M"
  case q6_k = "Q6_K"
  case iq4_nl = "IQ4_NL"
  case iq4_xs = "IQ4_XS"
  /// As the files of gpt-oss, which have MXFP4 experts and Q8_0 for the rest; a model without experts gets it for all matrices of
  /// its layers.
  case mxfp4 = "MXFP4"

  /// Finds a recipe by its file type name, in any letter case.
  package init?(name: String) {
    self.init(rawValue: name.uppercased())
  }

  /// The format of most matrices.
  private var base: TensorFormat {
    switch self {
    case .f32: .f32
    case .f16: .f16
    case .bf16: .bf16
    case .q8_0: .q8_0
    case .q4_0: .q4_0
    case .q4_1: .q4_1
    case .q5_0: .q5_0
    case .q5_1: .q5_1
    case .q2_k: .q2_k
    case .q3_k_m: .q3_k
    case .q4_k_s, .q4_k_m: .q4_k
    case .q5_k_s, .q5_k_m: .q5_k
    case .q6_k: .q6_k
    case .iq4_nl: .iq4_nl
    case .iq4_xs: .iq4_xs
    case .mxfp4: .mxfp4
    }
  }

  /// The format of a matrix, before it is known whether its rows fill whole blocks.
  ///
  /// Source: llama.cpp `src/llama-quant.cpp`, without an importance matrix: the output matrix of files below Q8_0 is Q6_K, and
  /// the value, down and attention output matrices get more bits as `special` says.
  package func wantedFormat(_ role: WeightRole, layer: Int, shape: TransformerShape) -> TensorFormat {
    // The router decides by small differences, and is small.
    if role == .router { return .f32 }
    guard base.valuesPerBlock > 1, self != .q8_0 else { return base }
    let isOutput = role == .output || (role == .embedding && shape.tiedOutput)
    if self == .mxfp4 {
      let isKept = isOutput || role == .embedding || (shape.experts != nil && !role.isExperts)
      return isKept ? .q8_0 : .mxfp4
    }
    if isOutput { return .q6_k }
    // With eight experts the matrices of attention are a small part of the model.
    let hasEightExperts = shape.experts?.count == 8
    if hasEightExperts, role == .value || role == .key { return .q8_0 }
    if hasEightExperts, role == .attentionOutput, base.bitsPerValue < 5, isMixture { return .q5_k }
    let format = special(role, layer: layer, shape: shape) ?? base
    // Models with eight heads to each value head can afford more for these: the test is llama.cpp's for 70 billion.
    let isLarge = shape.architecture == "llama" && shape.layers == 80 && shape.heads != shape.kvHeads
    return role == .value && isLarge && (format == .q3_k || format == .q4_k) ? .q5_k : format
  }

  /// Whether it gives some matrices more bits than the others.
  private var isMixture: Bool { base.valuesPerBlock == 256 || self == .iq4_nl }

  /// What a mixture gives to the matrices that matter most; nil where it makes no choice.
  private func special(_ role: WeightRole, layer: Int, shape: TransformerShape) -> TensorFormat? {
    let isValue = role == .value
    let isDown = role == .down || role == .expertDown
    guard isValue || isDown || role == .attentionOutput else { return nil }
    let sharesHeads = shape.heads / max(1, shape.kvHeads) >= 4
    let eighth = shape.layers / 8
    // The first and the last eighth of the layers, and every third in between.
    let isKept = layer < eighth || layer >= 7 * shape.layers / 8 || (layer - eighth) % 3 == 2
    switch self {
    case .q2_k: return isValue && sharesHeads ? .q4_k : .q3_k
    case .q3_k_m:
      let isFirst = isValue ? layer < 2 : isDown && layer < shape.layers / 16
      return isFirst ? .q5_k : .q4_k
    case .q4_k_s: return (isValue && layer < 4) || (isDown && layer < eighth) ? .q5_k : nil
    case .q4_k_m, .q5_k_m: return isKept && role != .attentionOutput ? .q6_k : nil
    case .iq4_nl, .iq4_xs: return (isValue && sharesHeads) || (isDown && layer < eighth) ? .q5_k : nil
    default: return nil
    }
  }

  /// The format of a matrix whose rows have `columns` values: the wanted one, or the nearest that they fill.
  ///
  /// Rows that are no multiple of 256 take a format of 32, as llama.cpp's quantizer does; rows that are no multiple of 32
  /// take F16.
  package func format(_ role: WeightRole, layer: Int, shape: TransformerShape) -> TensorFormat {
    let columns = role.size(in: shape).columns
    var format = wantedFormat(role, layer: layer, shape: shape)
    if !columns.isMultiple(of: format.valuesPerBlock) { format = Self.smaller(format) }
    return columns.isMultiple(of: format.valuesPerBlock) ? format : .f16
  }

  /// The format with blocks of 32 that stands in for one with blocks of 256.
  private static func smaller(_ format: TensorFormat) -> TensorFormat {
    switch format {
    case .q2_k, .q3_k: .q4_0
    case .q4_k: .q5_0
    case .q5_k: .q5_1
    case .iq4_xs: .iq4_nl
    default: .q8_0
    }
  }
}
