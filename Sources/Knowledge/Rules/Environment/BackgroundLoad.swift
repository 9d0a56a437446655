import Evidence

/// Other programs use the processor.
package enum BackgroundLoad: Rule, Measuring {
  package static let card = RuleCard(
    code: "EW655", name: "background-load", severity: .warning,
    summary: "Other programs use more than 10 % of the processor.",
    rationale: """
      Threads of an engine meet after every operation: one that is held up by another program holds up all. \
      Even a little load costs much more than its share.
      """,
    remedies: [
      Remedy(
        steps: [
          "End or move what runs beside it.",
          "Leave one core free: one thread less is faster than one that is disturbed.",
        ],
        commands: [
          "top -b -n 1 | head -15",
          "llama-server -m {model} -t {cores-minus-one}",
        ],
        verify: "benchmark/run notes no background load and a smaller spread.")
    ],
    citations: [
      "llama.cpp synchronizes its threads after every operation (ggml barrier)",
      "limit of 10 %: chosen by Edgewise",
    ])

  package static let examples = [
    RuleExample(.fires, "30 % used by others") {
      $0.run.backgroundLoadFraction = 0.3
    },
    RuleExample(.quiet, "exactly 10 %") {
      $0.run.backgroundLoadFraction = 0.1
    },
    RuleExample(.unknown, "not measured"),
  ]

  package static func measurements(_ situation: Situation) -> [Measurement] {
    [
      Measurement("run.backgroundLoadFraction", situation.run.backgroundLoadFraction, threshold: 0.1)
    ].compactMap { $0 }
  }

  package static func check(_ situation: Situation) -> Outcome {
    guard let fraction = situation.run.backgroundLoadFraction else {
      return .unknown(missing: ["run.backgroundLoadFraction"])
    }
    guard fraction > 0.1 else { return .quiet }
    return .fires(
      because: "Other programs use \(NumberText.text(fraction * 100)) % of the processors; the limit is 10 %.",
      evidence: .measured)
  }
}
