import Evidence

/// Weights and cache fit with less than a tenth of the memory to spare.
package enum LittleMemoryHeadroom: Rule {
  package static let card = RuleCard(
    code: "EW103", name: "little-memory-headroom", severity: .warning,
    summary: "Weights and cache leave less than a tenth of the memory free.",
    rationale: """
      Compute buffers, the page cache and other processes need room; without it the system swaps or ends a process.
      """,
    remedies: [
      Remedy(
        steps: ["Take a shorter context or a smaller format.", "Close other programs."],
        verify: "memory use stays under nine tenths during a long answer.")
    ],
    citations: [
      "llama.cpp keeps a margin of 1 GiB by default (--fit-target)",
      "MLX users add 20 % (facts collected from issue threads)",
    ])

  package static let examples = [
    RuleExample(.fires, "7.5 of 8 GB") {
      $0.model.weightBytes = 7_000_000_000
      $0.model.keyValueBytesPerToken = 100_000
      $0.goals.contextLength = 5000
      $0.machine.usableMemoryBytes = 8_000_000_000
    },
    RuleExample(.quiet, "half of 8 GB") {
      $0.model.weightBytes = 3_500_000_000
      $0.model.keyValueBytesPerToken = 100_000
      $0.goals.contextLength = 5000
      $0.machine.usableMemoryBytes = 8_000_000_000
    },
    RuleExample(.unknown, "memory not named") {
      $0.model.weightBytes = 7_000_000_000
    },
  ]

  package static func check(_ situation: Situation) -> Outcome {
    guard let weightBytes = situation.model.weightBytes else { return .unknown(missing: ["model.weightBytes"]) }
    guard let memoryBytes = situation.memoryForModelBytes else {
      return .unknown(missing: ["machine.usableMemoryBytes"])
    }
    guard let cacheBytes = situation.keyValueCacheBytes else {
      return .unknown(missing: ["model.keyValueBytesPerToken", "goals.contextLength"])
    }
    let (used, overflow) = weightBytes.addingReportingOverflow(cacheBytes)
    guard !overflow, used <= memoryBytes, memoryBytes - used < memoryBytes / 10 else { return .quiet }
    return .fires(
      because: "Only \(ByteText.text(memoryBytes - used)) of \(ByteText.text(memoryBytes)) stay free.",
      evidence: .computed)
  }
}
