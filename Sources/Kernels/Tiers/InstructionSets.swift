import CKernels

/// The instruction sets that programs can use on this machine: the CPU has them and the operating system saves their registers.
package struct InstructionSets: Hashable, Sendable {
  private let bits: UInt64

  package init(bits: UInt64) {
    self.bits = bits
  }

  /// Those of this machine, from CPUID and XGETBV, the hardware capabilities of Linux on Arm, or `sysctl` on macOS.
  package static let current = InstructionSets(bits: ew_cpu_features())

  /// The sets present, by the lower-case names that the field uses, in the order of `known`.
  package var names: [String] { Self.known.filter { bits & $0.bit != 0 }.map(\.name) }

  /// Whether the set of this name is present; false also for names that are not known.
  package func contains(_ name: String) -> Bool { Self.known.contains { $0.name == name && bits & $0.bit != 0 } }

  /// Every name that `names` can hold.
  package static let knownNames: [String] = known.map(\.name)

  private static let known: [(name: String, bit: UInt64)] = [
    ("sse2", EW_CPU_sse2), ("sse4.2", EW_CPU_sse4_2), ("popcnt", EW_CPU_popcnt), ("avx", EW_CPU_avx),
    ("f16c", EW_CPU_f16c), ("fma", EW_CPU_fma), ("avx2", EW_CPU_avx2), ("bmi2", EW_CPU_bmi2),
    ("avx512f", EW_CPU_avx512f), ("avx512bw", EW_CPU_avx512bw), ("avx512dq", EW_CPU_avx512dq),
    ("avx512vl", EW_CPU_avx512vl), ("avx512vbmi", EW_CPU_avx512vbmi), ("avx512vnni", EW_CPU_avx512vnni),
    ("avx512bf16", EW_CPU_avx512bf16), ("avx512fp16", EW_CPU_avx512fp16), ("avxvnni", EW_CPU_avxvnni),
    ("avxvnniint8", EW_CPU_avxvnniint8), ("amx-tile", EW_CPU_amxtile), ("amx-int8", EW_CPU_amxint8),
    ("amx-bf16", EW_CPU_amxbf16), ("neon", EW_CPU_neon), ("fp16", EW_CPU_fp16), ("dotprod", EW_CPU_dotprod),
    ("i8mm", EW_CPU_i8mm), ("bf16", EW_CPU_bf16), ("sve", EW_CPU_sve), ("sve2", EW_CPU_sve2), ("sme", EW_CPU_sme),
  ]
}
