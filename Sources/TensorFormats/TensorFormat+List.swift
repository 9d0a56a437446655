extension TensorFormat {
  package static let f32 = TensorFormat(id: 0, name: "F32", valuesPerBlock: 1, bytesPerBlock: 4)
  package static let f16 = TensorFormat(id: 1, name: "F16", valuesPerBlock: 1, bytesPerBlock: 2)
  package static let q4_0 = TensorFormat(id: 2, name: "Q4_0", valuesPerBlock: 32, bytesPerBlock: 18)
  package static let q4_1 = TensorFormat(id: 3, name: "Q4_1", valuesPerBlock: 32, bytesPerBlock: 20)
  package static let q5_0 = TensorFormat(id: 6, name: "Q5_0", valuesPerBlock: 32, bytesPerBlock: 22)
  package static let q5_1 = TensorFormat(id: 7, name: "Q5_1", valuesPerBlock: 32, bytesPerBlock: 24)
  package static let q8_0 = TensorFormat(id: 8, name: "Q8_0", valuesPerBlock: 32, bytesPerBlock: 34)
  package static let q8_1 = TensorFormat(id: 9, name: "Q8_1", valuesPerBlock: 32, bytesPerBlock: 40)
  package static let q2_k = TensorFormat(id: 10, name: "Q2_K", valuesPerBlock: 256, bytesPerBlock: 84)
  package static let q3_k = TensorFormat(id: 11, name: "Q3_K", valuesPerBlock: 256, bytesPerBlock: 110)
  package static let q4_k = TensorFormat(id: 12, name: "Q4_K", valuesPerBlock: 256, bytesPerBlock: 144)
  package static let q5_k = TensorFormat(id: 13, name: "Q5_K", valuesPerBlock: 256, bytesPerBlock: 176)
  package static let q6_k = TensorFormat(id: 14, name: "Q6_K", valuesPerBlock: 256, bytesPerBlock: 210)
  package static let q8_k = TensorFormat(id: 15, name: "Q8_K", valuesPerBlock: 256, bytesPerBlock: 292)
  package static let iq2_xxs = TensorFormat(id: 16, name: "IQ2_XXS", valuesPerBlock: 256, bytesPerBlock: 66)
  package static let iq2_xs = TensorFormat(id: 17, name: "IQ2_XS", valuesPerBlock: 256, bytesPerBlock: 74)
  package static let iq3_xxs = TensorFormat(id: 18, name: "IQ3_XXS", valuesPerBlock: 256, bytesPerBlock: 98)
  package static let iq1_s = TensorFormat(id: 19, name: "IQ1_S", valuesPerBlock: 256, bytesPerBlock: 50)
  package static let iq4_nl = TensorFormat(id: 20, name: "IQ4_NL", valuesPerBlock: 32, bytesPerBlock: 18)
  package static let iq3_s = TensorFormat(id: 21, name: "IQ3_S", valuesPerBlock: 256, bytesPerBlock: 110)
  package static let iq2_s = TensorFormat(id: 22, name: "IQ2_S", valuesPerBlock: 256, bytesPerBlock: 82)
  package static let iq4_xs = TensorFormat(id: 23, name: "IQ4_XS", valuesPerBlock: 256, bytesPerBlock: 136)
  package static let i8 = TensorFormat(id: 24, name: "I8", valuesPerBlock: 1, bytesPerBlock: 1)
  package static let i16 = TensorFormat(id: 25, name: "I16", valuesPerBlock: 1, bytesPerBlock: 2)
  package static let i32 = TensorFormat(id: 26, name: "I32", valuesPerBlock: 1, bytesPerBlock: 4)
  package static let i64 = TensorFormat(id: 27, name: "I64", valuesPerBlock: 1, bytesPerBlock: 8)
  package static let f64 = TensorFormat(id: 28, name: "F64", valuesPerBlock: 1, bytesPerBlock: 8)
  package static let iq1_m = TensorFormat(id: 29, name: "IQ1_M", valuesPerBlock: 256, bytesPerBlock: 56)
  package static let bf16 = TensorFormat(id: 30, name: "BF16", valuesPerBlock: 1, bytesPerBlock: 2)
  package static let tq1_0 = TensorFormat(id: 34, name: "TQ1_0", valuesPerBlock: 256, bytesPerBlock: 54)
  package static let tq2_0 = TensorFormat(id: 35, name: "TQ2_0", valuesPerBlock: 256, bytesPerBlock: 66)
  package static let mxfp4 = TensorFormat(id: 39, name: "MXFP4", valuesPerBlock: 32, bytesPerBlock: 17)
  package static let nvfp4 = TensorFormat(id: 40, name: "NVFP4", valuesPerBlock: 64, bytesPerBlock: 36)
  package static let q1_0 = TensorFormat(id: 41, name: "Q1_0", valuesPerBlock: 128, bytesPerBlock: 18)

  /// Every format that a GGUF file may name, by type number.
  package static let all: [TensorFormat] = [
    f32, f16, q4_0, q4_1, q5_0, q5_1, q8_0, q8_1, q2_k, q3_k, q4_k, q5_k, q6_k, q8_k, iq2_xxs, iq2_xs, iq3_xxs,
    iq1_s, iq4_nl, iq3_s, iq2_s, iq4_xs, i8, i16, i32, i64, f64, iq1_m, bf16, tq1_0, tq2_0, mxfp4, nvfp4, q1_0,
  ]
}
