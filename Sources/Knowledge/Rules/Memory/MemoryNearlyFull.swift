import Evidence

/// Memory use is over 90 %.
package enum MemoryNearlyFull: Rule, Measuring {
  package static let card = RuleCard(
    code: "EW154", name: "memory-nearly-full", severity: .warning,
    summary: "More than 90 % of the memory is in use.",
    rationale: """
      Commonly read as "memory-bound". A full memory is a matter of capacity: it says nothing about the \
      bandwidth that decoding waits for. It becomes slow only when pages are given back to storage, which the \
      page faults show.
      """,
    remedies: [
      Remedy(
        steps: [
          "Look at page faults and swap before anything else: only they make a full memory slow.",
          "Shorten the context, then take fewer bits per weight.",
          "End other programs, or give the machine or container more memory.",
        ],
        commands: [
          "vmstat 1",
          "free -m",
        ],
        verify: "Memory use stays under 90 % with a full context; the swap columns of vmstat stay at 0.")
    ],
    citations: [
      "threshold of the profiler: memory use over 90 %",
      "decode rate = bandwidth / bytes read per token: how full the memory is does not enter (arithmetic)",
    ])

  package static let examples = [
    RuleExample(.fires, "96 % in use") {
      $0.run.memoryUtilizationFraction = 0.96
    },
    RuleExample(.quiet, "exactly 90 %") {
      $0.run.memoryUtilizationFraction = 0.9
    },
    RuleExample(.unknown, "not measured"),
  ]

  package static func measurements(_ situation: Situation) -> [Measurement] {
    [
      Measurement("run.memoryUtilizationFraction", situation.run.memoryUtilizationFraction, threshold: 0.9)
    ].compactMap { $0 }
  }

  package static func check(_ situation: Situation) -> Outcome {
    guard let fraction = situation.run.memoryUtilizationFraction else {
      return .unknown(missing: ["run.memoryUtilizationFraction"])
    }
    guard fraction > 0.9 else { return .quiet }
    return .fires(
      because:
        "\(NumberText.text(fraction * 100)) % of the memory is in use; the limit is 90 %. This is capacity, not bandwidth.",
      evidence: .measured)
  }
}
