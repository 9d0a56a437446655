import Evidence

/// A request takes longer than wanted.
package enum LatencyAboveTarget: Rule, Measuring {
  package static let card = RuleCard(
    code: "EW365", name: "latency-above-target", severity: .error,
    summary: "The latency is above its target.",
    rationale: """
      Latency = prompt tokens / prefill rate + answer tokens / decode rate. Know which of the two is long \
      before changing anything. The order that is often given (more CPU first, then a smaller batch) moves \
      neither for one stream on an edge device; bits per weight, context and offloading do.
      """,
    remedies: [
      Remedy(
        .llamaCpp,
        steps: [
          "See which part is long: the server logs prompt and generation apart.",
          "Long prompt: reuse its beginning, shorten it, use a GPU.",
          """
          Long generation: fewer bits per weight, all layers on the GPU, the right number of threads, a \
          limit on the answer.
          """,
        ],
        commands: [
          "llama-bench -m {model} -p 512 -n 128 -o json",
          "llama-server -m {model} --metrics",
        ],
        verify: """
          The log lines "prompt eval time" and "eval time" add up to less than the target.
          """),
      Remedy(
        steps: [
          "Measure time to first token and tokens a second apart.",
          "Then follow the cause that fires beside this one.",
        ],
        verify: "diagnosis/explain with timeToFirstTokenSeconds and decodeTokensPerSecond names the part."),
    ],
    citations: [
      "threshold: latency above the target that the caller sets",
      "decode rate = bandwidth / (active weight bytes + cache bytes read per token) (arithmetic)",
    ])

  package static let examples = [
    RuleExample(.fires, "3 s against 1") {
      $0.run.latencySeconds = 3
      $0.goals.latencySeconds = 1
    },
    RuleExample(.quiet, "exactly on target") {
      $0.run.latencySeconds = 1
      $0.goals.latencySeconds = 1
    },
    RuleExample(.unknown, "no target") {
      $0.run.latencySeconds = 3
    },
  ]

  package static func measurements(_ situation: Situation) -> [Measurement] {
    [
      Measurement("run.latencySeconds", situation.run.latencySeconds, threshold: situation.goals.latencySeconds)
    ].compactMap { $0 }
  }

  package static func check(_ situation: Situation) -> Outcome {
    guard let seconds = situation.run.latencySeconds else { return .unknown(missing: ["run.latencySeconds"]) }
    guard let target = situation.goals.latencySeconds else { return .unknown(missing: ["goals.latencySeconds"]) }
    guard seconds > target else { return .quiet }
    return .fires(
      because: "A request takes \(NumberText.text(seconds)) s, the target is \(NumberText.text(target)) s.",
      evidence: .measured)
  }
}
