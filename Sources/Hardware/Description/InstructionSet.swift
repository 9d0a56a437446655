/// The instruction sets that matter for inference; the raw values are the names in replies and in the platform catalogue.
package enum InstructionSet: String, Codable, Sendable, CaseIterable {
  // x86-64
  case sse42 = "sse4_2"
  case avx
  case avx2
  case fma
  case f16c
  case bmi2
  case avxVNNI = "avx_vnni"
  case avxVNNIInt8 = "avx_vnni_int8"
  case avxIFMA = "avx_ifma"
  case avx512f
  case avx512bw
  case avx512dq
  case avx512vl
  /// The F, BW, DQ, VL and CD parts together, which is what runtimes mean by AVX-512.
  case avx512
  case avx512VBMI = "avx512_vbmi"
  case avx512VNNI = "avx512_vnni"
  case avx512BF16 = "avx512_bf16"
  case avx512FP16 = "avx512_fp16"
  case amxTile = "amx_tile"
  case amxInt8 = "amx_int8"
  case amxBF16 = "amx_bf16"
  case amxFP16 = "amx_fp16"
  // arm64
  case neon
  case fp16
  case dotprod
  case i8mm
  case bf16
  case sve
  case sve2
  case sme
  case sme2
}
