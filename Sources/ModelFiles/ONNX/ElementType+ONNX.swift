extension ElementType {
  /// The types by their number in ONNX files (`TensorProto.DataType`).
  static let onnx: [Int32: ElementType] = [
    1: ElementType("F32", 32, .floating), 2: ElementType("U8", 8, .integer), 3: ElementType("I8", 8, .integer),
    4: ElementType("U16", 16, .integer), 5: ElementType("I16", 16, .integer), 6: ElementType("I32", 32, .integer),
    7: ElementType("I64", 64, .integer), 8: ElementType("STRING", nil, .other), 9: ElementType("BOOL", 8, .other),
    10: ElementType("F16", 16, .floating), 11: ElementType("F64", 64, .floating), 12: ElementType("U32", 32, .integer),
    13: ElementType("U64", 64, .integer), 14: ElementType("COMPLEX64", 64, .other),
    15: ElementType("COMPLEX128", 128, .other), 16: ElementType("BF16", 16, .floating),
    17: ElementType("F8_E4M3", 8, .floating), 18: ElementType("F8_E4M3FNUZ", 8, .floating),
    19: ElementType("F8_E5M2", 8, .floating), 20: ElementType("F8_E5M2FNUZ", 8, .floating),
    21: ElementType("U4", 4, .integer), 22: ElementType("I4", 4, .integer), 23: ElementType("F4_E2M1", 4, .floating),
    24: ElementType("F8_E8M0", 8, .floating), 25: ElementType("U2", 2, .integer), 26: ElementType("I2", 2, .integer),
  ]
}
