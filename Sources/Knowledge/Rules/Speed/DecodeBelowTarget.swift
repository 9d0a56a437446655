import Evidence

/// The bandwidth does not allow the decode rate that is wanted.
package enum DecodeBelowTarget: Rule {
  package static let card = RuleCard(
    code: "EW301", name: "decode-target-above-bandwidth", severity: .warning,
    summary: "Memory bandwidth does not allow the decode rate that is wanted.",
    rationale: """
      Each token reads all active weights once, so bandwidth over bytes is a ceiling for one request; engines reach half to nine tenths of it.
      """,
    remedies: [
      Remedy(
        steps: [
          "Take fewer bits per weight or a smaller model.",
          "Take a mixture of experts: it reads its active weights only.", "Use speculative decoding.",
        ], verify: "benchmark/run shows the decode rate at the context that you use.")
    ],
    citations: [
      "decode ceiling = bandwidth / bytes read per token; MLX-LM BENCHMARKS: 56 to 77 % of it reached on an M4 Max"
    ])

  package static let examples = [
    RuleExample(.fires, "50 tokens a second of 4 GB over 20 GB/s") {
      $0.model.weightBytes = 4_000_000_000
      $0.machine.memoryBandwidthBytesPerSecond = 20e9
      $0.goals.decodeTokensPerSecond = 50
    },
    RuleExample(.quiet, "3 tokens a second of 4 GB over 20 GB/s") {
      $0.model.weightBytes = 4_000_000_000
      $0.machine.memoryBandwidthBytesPerSecond = 20e9
      $0.goals.decodeTokensPerSecond = 3
    },
    RuleExample(.unknown, "bandwidth not named") {
      $0.model.weightBytes = 4_000_000_000
      $0.goals.decodeTokensPerSecond = 3
    },
  ]

  package static func check(_ situation: Situation) -> Outcome {
    guard let target = situation.goals.decodeTokensPerSecond else {
      return .unknown(missing: ["goals.decodeTokensPerSecond"])
    }
    guard let bytes = situation.model.activeWeightBytes ?? situation.model.weightBytes, bytes > 0 else {
      return .unknown(missing: ["model.weightBytes"])
    }
    guard let bandwidth = situation.machine.memoryBandwidthBytesPerSecond else {
      return .unknown(missing: ["machine.memoryBandwidthBytesPerSecond"])
    }
    let ceiling = bandwidth / Double(bytes)
    guard target > ceiling else { return .quiet }
    return .fires(
      because: """
        \(NumberText.text(target)) tokens per second are wanted; reading \(ByteText.text(bytes)) for each allows \
        \(NumberText.text(ceiling)) at most.
        """, evidence: .computed)
  }
}
