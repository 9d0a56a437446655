/// A file type of llama.cpp's quantizer: a mixture of formats, chosen for each tensor by its role, layer and shape.
///
/// Source of all choices: `src/llama-quant.cpp` of llama.cpp 0.5.0, without an importance matrix and without options.
package enum FileTypeRecipe: String, CaseIterable, Hashable, Sendable, Codable {
  case f32 = "F32"
  case f16 = "F16"
  case bf16 = "BF16"
  case q8_0 = "Q8_0"
  case q4_0 = "Q4_0"
  case q4_1 = "Q4_1"
  case q5_0 = "Q5_0"
  case q5_1 = "Q5_1"
  case q2_k = "Q2_K"
  case q2_k_s = "Q2_K_S"
  case q3_k_s = "Q3_K_S"
  case q3_k_m = "Q3_K_M"
  case q3_k_l = "Q3_K_L"
  case q4_k_s = "Q4_K_S"
  case q4_k_m = "Q4_K_M"
  case q5_k_s = "Q5_K_S"
  case q5_k_m = "Q5_K_M"
  case q6_k = "Q6_K"
  case iq1_s = "IQ1_S"
  case iq1_m = "IQ1_M"
  case iq2_xxs = "IQ2_XXS"
  case iq2_xs = "IQ2_XS"
  case iq2_s = "IQ2_S"
  case iq2_m = "IQ2_M"
  case iq3_xxs = "IQ3_XXS"
  case iq3_xs = "IQ3_XS"
  case iq3_s = "IQ3_S"
  case iq3_m = "IQ3_M"
  case iq4_nl = "IQ4_NL"
  case iq4_xs = "IQ4_XS"
  case tq1_0 = "TQ1_0"
  case tq2_0 = "TQ2_0"
  /// Experts in MXFP4, the rest in Q8_0, as the files of gpt-oss.
  case mxfp4 = "MXFP4"

  /// Finds a file type by name in any letter case; a leading `llama.cpp/` and the name `MXFP4_MOE` are understood.
  package init?(name: String) {
    var name = name.uppercased()
    if name.hasPrefix("LLAMA.CPP/") { name.removeFirst("LLAMA.CPP/".count) }
    self.init(rawValue: name == "MXFP4_MOE" ? "MXFP4" : name)
  }

  /// The value of `general.file_type`.
  package var fileType: UInt32 {
    switch self {
    case .f32: 0
    case .f16: 1
    case .q4_0: 2
    case .q4_1: 3
    case .q8_0: 7
    case .q5_0: 8
    case .q5_1: 9
    case .q2_k: 10
    case .q3_k_s: 11
    case .q3_k_m: 12
    case .q3_k_l: 13
    case .q4_k_s: 14
    case .q4_k_m: 15
    case .q5_k_s: 16
    case .q5_k_m: 17
    case .q6_k: 18
    case .iq2_xxs: 19
    case .iq2_xs: 20
    case .q2_k_s: 21
    case .iq3_xs: 22
    case .iq3_xxs: 23
    case .iq1_s: 24
    case .iq4_nl: 25
    case .iq3_s: 26
    case .iq3_m: 27
    case .iq2_s: 28
    case .iq2_m: 29
    case .iq4_xs: 30
    case .iq1_m: 31
    case .bf16: 32
    case .tq1_0: 36
    case .tq2_0: 37
    case .mxfp4: 38
    }
  }

  /// The format of most matrices.
  package var base: TensorFormat {
    switch self {
    case .f32: .f32
    case .f16: .f16
    case .bf16: .bf16
    case .q8_0: .q8_0
    case .q4_0: .q4_0
    case .q4_1: .q4_1
    case .q5_0: .q5_0
    case .q5_1: .q5_1
    case .q2_k, .q2_k_s: .q2_k
    case .q3_k_s, .q3_k_m, .q3_k_l: .q3_k
    case .q4_k_s, .q4_k_m: .q4_k
    case .q5_k_s, .q5_k_m: .q5_k
    case .q6_k: .q6_k
    case .iq1_s: .iq1_s
    case .iq1_m: .iq1_m
    case .iq2_xxs: .iq2_xxs
    case .iq2_xs, .iq2_s: .iq2_xs
    case .iq2_m: .iq2_s
    case .iq3_xxs: .iq3_xxs
    case .iq3_xs, .iq3_s, .iq3_m: .iq3_s
    case .iq4_nl: .iq4_nl
    case .iq4_xs: .iq4_xs
    case .tq1_0: .tq1_0
    case .tq2_0: .tq2_0
    case .mxfp4: .mxfp4
    }
  }

  /// Whether matrices are stored in blocks.
  package var isQuantized: Bool { base.valuesPerBlock > 1 }

  /// The file types whose choices follow those of the first IQ types: few bits, and much for a few matrices.
  var isTiny: Bool {
    switch self {
    case .iq1_s, .iq1_m, .iq2_xxs, .iq2_xs, .iq2_s, .iq2_m: true
    default: false
    }
  }

  /// The two of `isTiny` that start from three bits where others start from two.
  var isUpperTiny: Bool { self == .iq2_s || self == .iq2_m }
}
