import Evidence

/// The quantization differs from the unified strategy for the platform.
package enum OffUnifiedStrategy: Rule {
  package static let card = RuleCard(
    code: "EW507", name: "unified-quantization-strategy", severity: .information,
    summary: "The unified strategy names another quantization for this platform.",
    rationale: """
      Apple silicon: MLX 4 bits, group size 64. Intel: int4 weight compression, int8 calibration for vision networks. Cross-platform: GGUF of the Q4_K_M class. Otherwise Olive int4.
      """,
    remedies: [
      Remedy(steps: ["Compare both with quantization/advise."])
    ],
    citations: [
      "common quantization guides, corrected: for language models int4 weight compression replaces calibrated int8 on Intel (optimum-intel 2.2.0)"
    ])

  package static let examples = [
    RuleExample(.fires, "GGUF on an Apple laptop") {
      $0.software.framework = .llamaCpp
      $0.machine.cpuVendor = "apple"
      $0.machine.operatingSystem = .macos
    },
    RuleExample(.quiet, "MLX on an Apple laptop") {
      $0.software.framework = .mlx
      $0.machine.cpuVendor = "apple"
      $0.machine.operatingSystem = .macos
    },
    RuleExample(.unknown, "machine not described") {
      $0.software.framework = .mlx
    },
  ]

  package static func check(_ situation: Situation) -> Outcome {
    guard let framework = situation.software.framework else { return .unknown(missing: ["software.framework"]) }
    let rows = PlatformRow.rows(for: situation)
    guard let row = rows.first else { return .unknown(missing: ["machine.architecture", "machine.cpuVendor"]) }
    let strategy = QuantizationStrategy.strategy(for: row)
    guard strategy.framework != framework else { return .quiet }
    return .fires(because: strategy.because, evidence: .published)
  }
}
