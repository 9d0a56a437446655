extension InstructionSet {
  /// Names in replies, sorted; AVX-512's five common parts add the name for all of them.
  static func names(_ sets: [InstructionSet]) -> [String] {
    Set(sets.map(\.rawValue)).sorted()
  }

  /// What the `flags` line of an x86 `/proc/cpuinfo` says; the kernel lists only what it has enabled.
  static func fromFlags(_ line: String) -> [InstructionSet] {
    let flags = Set(line.fields.map(String.init))
    var result = allCases.filter { set in
      switch set {
      case .neon, .fp16, .dotprod, .i8mm, .bf16, .sve, .sve2, .sme, .sme2, .avx512: false
      default: flags.contains(set.rawValue) || flags.contains(alternative(set))
      }
    }
    if ["avx512f", "avx512bw", "avx512dq", "avx512vl", "avx512cd"].allSatisfy(flags.contains) {
      result.append(.avx512)
    }
    return result
  }

  /// Linux writes some names without an underscore.
  private static func alternative(_ set: InstructionSet) -> String {
    switch set {
    case .avx512VBMI: "avx512vbmi"
    default: set.rawValue
    }
  }

  /// What the `Features` line of an arm64 `/proc/cpuinfo` says: the kernel's hardware capabilities by name.
  static func fromFeatures(_ line: String) -> [InstructionSet] {
    let names: [String: InstructionSet] = [
      "asimd": .neon, "neon": .neon, "asimdhp": .fp16, "asimddp": .dotprod, "i8mm": .i8mm, "bf16": .bf16, "sve": .sve,
      "sve2": .sve2, "sme": .sme, "sme2": .sme2,
    ]
    return line.fields.compactMap { names[String($0)] }
  }
}
