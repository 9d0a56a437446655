import Evidence

/// The latency varies by more than 20 %.
package enum UnevenLatency: Rule, Measuring {
  package static let card = RuleCard(
    code: "EW361", name: "uneven-latency", severity: .warning,
    summary: "The latency varies by more than 20 %.",
    rationale: """
      The same work takes different times: other programs, a changing clock, paging, a processor quota or \
      requests that share the model. Compare equal prompts: other lengths of prompt or answer are no \
      variation.
      """,
    remedies: [
      Remedy(
        steps: [
          "Send the same request ten times with nothing else running.",
          "Look at clock and temperature, page faults, other programs and the quota meanwhile.",
          "Limit the number of requests served at a time.",
        ],
        commands: [
          "vmstat 1",
          "grep MHz /proc/cpuinfo",
          "cat /sys/fs/cgroup/cpu.stat",
        ],
        verify: "benchmark/run reports a spread of tokens below 20 % and no drift.")
    ],
    citations: [
      "threshold of the profiler: latency variation over 20 %"
    ])

  package static let examples = [
    RuleExample(.fires, "35 %") {
      $0.run.latencyVariationFraction = 0.35
    },
    RuleExample(.quiet, "exactly 20 %") {
      $0.run.latencyVariationFraction = 0.2
    },
    RuleExample(.unknown, "not measured"),
  ]

  package static func measurements(_ situation: Situation) -> [Measurement] {
    [
      Measurement("run.latencyVariationFraction", situation.run.latencyVariationFraction, threshold: 0.2)
    ].compactMap { $0 }
  }

  package static func check(_ situation: Situation) -> Outcome {
    guard let fraction = situation.run.latencyVariationFraction else {
      return .unknown(missing: ["run.latencyVariationFraction"])
    }
    guard fraction > 0.2 else { return .quiet }
    return .fires(
      because: "The latency varies by \(NumberText.text(fraction * 100)) %; the limit is 20 %.", evidence: .measured)
  }
}
