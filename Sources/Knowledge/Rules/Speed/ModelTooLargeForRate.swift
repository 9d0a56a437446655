import Evidence

/// The weights are larger than the bandwidth can read at the rate wanted.
package enum ModelTooLargeForRate: Rule, Measuring {
  package static let card = RuleCard(
    code: "EW362", name: "model-too-large-for-rate", severity: .error,
    summary: "The model is larger than the bandwidth allows at the rate that is wanted.",
    rationale: """
      The largest model for a rate is bandwidth / rate: no setting and no framework gets past it, only fewer \
      bytes per token.
      """,
    remedies: [
      Remedy(
        steps: [
          "Take fewer bits per weight, until the active weights are below the best size.",
          "Take a smaller model, or a mixture of experts with fewer active parameters.",
          "Guess tokens ahead with a small draft model.",
        ],
        verify: "advice/recommend with the rate as its goal finds a candidate."),
      Remedy(
        .llamaCpp,
        steps: [
          "Quantize further.",
          "Use a draft model.",
        ],
        commands: [
          "llama-quantize --imatrix imatrix.gguf {model-bf16} {model-Q4_K_M} Q4_K_M",
          "llama-server -m {model} -md {draft} --spec-draft-n-max 3",
        ],
        verify: "llama-bench -m {model} -p 0 -n 128 reaches the rate."),
    ],
    citations: [
      "decode rate = bandwidth / (active weight bytes + cache bytes read per token) (arithmetic)"
    ])

  package static let examples = [
    RuleExample(.fires, "5 GB at 20 tokens/s with 30 GB/s") {
      $0.model.weightBytes = 5_000_000_000
      $0.machine.memoryBandwidthBytesPerSecond = 30_000_000_000
      $0.goals.decodeTokensPerSecond = 20
    },
    RuleExample(.quiet, "exactly the best size") {
      $0.model.weightBytes = 1_500_000_000
      $0.machine.memoryBandwidthBytesPerSecond = 30_000_000_000
      $0.goals.decodeTokensPerSecond = 20
    },
    RuleExample(.unknown, "no rate wanted") {
      $0.model.weightBytes = 5_000_000_000
      $0.machine.memoryBandwidthBytesPerSecond = 30_000_000_000
    },
  ]

  package static func measurements(_ situation: Situation) -> [Measurement] {
    [
      Measurement("model.weightBytes", situation.bytesPerTokenOfWeights.map(Double.init), threshold: nil)
    ].compactMap { $0 }
  }

  package static func check(_ situation: Situation) -> Outcome {
    guard let wanted = situation.goals.decodeTokensPerSecond, wanted > 0 else {
      return .unknown(missing: ["goals.decodeTokensPerSecond"])
    }
    guard let bytes = situation.bytesPerTokenOfWeights else { return .unknown(missing: ["model.weightBytes"]) }
    guard let bandwidth = situation.machine.memoryBandwidthBytesPerSecond else {
      return .unknown(missing: ["machine.memoryBandwidthBytesPerSecond"])
    }
    let best = bandwidth / wanted
    guard Double(bytes) > best, best < 1e18 else { return .quiet }
    return .fires(
      because:
        "\(NumberText.text(wanted)) tokens/s allow \(ByteText.text(Int(best))) per token; the active weights take \(ByteText.text(bytes)).",
      evidence: .computed)
  }
}
