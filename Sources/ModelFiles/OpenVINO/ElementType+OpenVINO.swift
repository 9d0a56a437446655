extension ElementType {
  /// The types by their name in OpenVINO IR files.
  static let openVINO: [String: ElementType] = [
    "f64": ElementType("F64", 64, .floating), "f32": ElementType("F32", 32, .floating),
    "f16": ElementType("F16", 16, .floating), "bf16": ElementType("BF16", 16, .floating),
    "f8e4m3": ElementType("F8_E4M3", 8, .floating), "f8e5m2": ElementType("F8_E5M2", 8, .floating),
    "f8e8m0": ElementType("F8_E8M0", 8, .floating), "f4e2m1": ElementType("F4_E2M1", 4, .floating),
    "nf4": ElementType("NF4", 4, .floating), "i64": ElementType("I64", 64, .integer),
    "i32": ElementType("I32", 32, .integer), "i16": ElementType("I16", 16, .integer),
    "i8": ElementType("I8", 8, .integer), "i4": ElementType("I4", 4, .integer),
    "u64": ElementType("U64", 64, .integer), "u32": ElementType("U32", 32, .integer),
    "u16": ElementType("U16", 16, .integer), "u8": ElementType("U8", 8, .integer),
    "u6": ElementType("U6", 6, .integer), "u4": ElementType("U4", 4, .integer), "u3": ElementType("U3", 3, .integer),
    "u2": ElementType("U2", 2, .integer), "u1": ElementType("U1", 1, .integer),
    "boolean": ElementType("BOOL", 8, .other), "string": ElementType("STRING", nil, .other),
  ]

  /// What compressed weights of this type are called; nil for types that weights are not compressed to.
  var compressedName: String? {
    switch name {
    case "U8", "I8": "int8"
    case "U4", "I4": "int4"
    case "U2": "int2"
    case "U3": "int3"
    case "U6": "int6"
    case "NF4": "nf4"
    case "F4_E2M1": "fp4 e2m1"
    case "F8_E4M3": "fp8 e4m3"
    case "F8_E5M2": "fp8 e5m2"
    default: nil
    }
  }
}
