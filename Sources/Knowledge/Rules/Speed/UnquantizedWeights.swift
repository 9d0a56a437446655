import Evidence

/// The weights are stored in 16 bits or more, and each token reads them all.
package enum UnquantizedWeights: Rule {
  package static let card = RuleCard(
    code: "EW302", name: "bytes-per-token", severity: .hint,
    summary: "Fewer bytes per token would decode faster.",
    rationale: """
      Decode reads all active weights once for each token: halving the bytes nearly doubles the rate, down to about 4.7 bits per weight, below which unpacking takes what the bytes save.
      """,
    remedies: [
      Remedy(
        steps: ["Quantize the weights; quantization/advise ranks the formats."],
        verify: "benchmark/run shows a higher decode rate.")
    ],
    citations: [
      "llama.cpp tools/quantize README, Llama-3.1-8B: 29.2 tokens per second in F16, 71.9 in Q4_K_M, 79.9 in Q2_K"
    ])

  package static let examples = [
    RuleExample(.fires, "weights in F16") {
      $0.software.framework = .llamaCpp
      $0.model.quantization = "F16"
    },
    RuleExample(.quiet, "weights in Q4_K_M") {
      $0.software.framework = .llamaCpp
      $0.model.quantization = "Q4_K_M"
    },
    RuleExample(.unknown, "format not named") {
      $0.software.framework = .llamaCpp
    },
  ]

  package static func check(_ situation: Situation) -> Outcome {
    guard let framework = situation.software.framework else { return .unknown(missing: ["software.framework"]) }
    guard let name = situation.model.quantization else { return .unknown(missing: ["model.quantization"]) }
    guard let record = QuantizationRecord.catalogue.record("\(framework.rawValue)/\(name)"), record.weightBits >= 16
    else { return .quiet }
    return .fires(because: "\(record.name) reads 2 bytes or more for each weight and token.", evidence: .computed)
  }
}
