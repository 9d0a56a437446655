import Kernels

extension InstructionSet {
  /// The instruction sets that the processor of this machine has and its system enables.
  static var ofThisMachine: [InstructionSet] {
    let current = InstructionSets.current
    var result = current.names.compactMap { names[$0] }
    // What runtimes mean by AVX-512; every processor with these four has the conflict detection part too.
    if ["avx512f", "avx512bw", "avx512dq", "avx512vl"].allSatisfy(current.contains) { result.append(.avx512) }
    return result
  }

  /// The names that the kernels use.
  private static let names: [String: InstructionSet] = [
    "sse4.2": .sse42, "avx": .avx, "avx2": .avx2, "fma": .fma, "f16c": .f16c, "bmi2": .bmi2, "avx512f": .avx512f,
    "avx512bw": .avx512bw, "avx512dq": .avx512dq, "avx512vl": .avx512vl, "avx512vbmi": .avx512VBMI,
    "avx512vnni": .avx512VNNI, "avx512bf16": .avx512BF16, "avx512fp16": .avx512FP16, "avxvnni": .avxVNNI,
    "avxvnniint8": .avxVNNIInt8, "amx-tile": .amxTile, "amx-int8": .amxInt8, "amx-bf16": .amxBF16, "neon": .neon,
    "fp16": .fp16, "dotprod": .dotprod, "i8mm": .i8mm, "bf16": .bf16, "sve": .sve, "sve2": .sve2, "sme": .sme,
  ]
}
