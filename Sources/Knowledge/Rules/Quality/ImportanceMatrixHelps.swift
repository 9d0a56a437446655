import Evidence

/// A format below five bits is made without an importance matrix.
package enum ImportanceMatrixHelps: Rule {
  package static let card = RuleCard(
    code: "EW402", name: "importance-matrix-helps", severity: .hint,
    summary: "An importance matrix would lower the loss of this format.",
    rationale: """
      At four bits and fewer, calibration tells which weights matter: Q4_K_S falls from 0.0431 to 0.0320, Q2_K from 0.445 to 0.332.
      """,
    remedies: [
      Remedy(
        .llamaCpp, steps: ["Make an importance matrix from text like your own and quantize with it."],
        commands: [
          #"llama-imatrix -m model-bf16.gguf -f calibration.txt -o imatrix.gguf"#,
          #"llama-quantize --imatrix imatrix.gguf model-bf16.gguf model-Q4_K_M.gguf Q4_K_M"#,
        ], verify: "llama-perplexity falls.")
    ],
    citations: ["llama.cpp tools/perplexity README, Llama-3-8B, WikiText-2"])

  package static let examples = [
    RuleExample(.fires, "Q4_K_M without a matrix") {
      $0.software.framework = .llamaCpp
      $0.model.quantization = "Q4_K_M"
      $0.model.hasImportanceMatrix = false
    },
    RuleExample(.quiet, "Q8_0 without a matrix") {
      $0.software.framework = .llamaCpp
      $0.model.quantization = "Q8_0"
      $0.model.hasImportanceMatrix = false
    },
    RuleExample(.unknown, "not said whether there is one") {
      $0.model.quantization = "Q4_K_M"
    },
  ]

  package static func check(_ situation: Situation) -> Outcome {
    guard let name = situation.model.quantization else { return .unknown(missing: ["model.quantization"]) }
    guard let record = QuantizationRecord.catalogue.record("llama.cpp/\(name)"), record.importanceMatrix == .recommended
    else { return .quiet }
    guard let hasMatrix = situation.model.hasImportanceMatrix else {
      return .unknown(missing: ["model.hasImportanceMatrix"])
    }
    guard !hasMatrix else { return .quiet }
    return .fires(because: "\(record.name) loses less when made with an importance matrix.", evidence: .published)
  }
}
