import Evidence

/// The format cannot be made without an importance matrix.
package enum ImportanceMatrixRequired: Rule {
  package static let card = RuleCard(
    code: "EW208", name: "importance-matrix-required", severity: .error,
    summary: "The format needs an importance matrix.",
    rationale: """
      llama-quantize refuses IQ1, IQ2 and IQ3_XXS tensors without one: at so few bits calibration decides which weights keep their value.
      """,
    remedies: [
      Remedy(
        .llamaCpp, steps: ["Make an importance matrix from text like your own, then quantize with it."],
        commands: [#"llama-imatrix -m model-bf16.gguf -f calibration.txt -o imatrix.gguf"#],
        verify: "llama-quantize finishes.")
    ],
    citations: ["llama.cpp 0.5.0-dev src/llama-quant.cpp"])

  package static let examples = [
    RuleExample(.fires, "IQ2_M without a matrix") {
      $0.software.framework = .llamaCpp
      $0.model.quantization = "IQ2_M"
      $0.model.hasImportanceMatrix = false
    },
    RuleExample(.quiet, "Q4_K_M without a matrix") {
      $0.software.framework = .llamaCpp
      $0.model.quantization = "Q4_K_M"
      $0.model.hasImportanceMatrix = false
    },
    RuleExample(.unknown, "not said whether there is one") {
      $0.software.framework = .llamaCpp
      $0.model.quantization = "IQ2_M"
    },
  ]

  package static func check(_ situation: Situation) -> Outcome {
    guard let name = situation.model.quantization else { return .unknown(missing: ["model.quantization"]) }
    guard let record = QuantizationRecord.catalogue.record("llama.cpp/\(name)"), record.importanceMatrix == .required
    else { return .quiet }
    guard let hasMatrix = situation.model.hasImportanceMatrix else {
      return .unknown(missing: ["model.hasImportanceMatrix"])
    }
    guard !hasMatrix else { return .quiet }
    return .fires(because: "\(record.name) cannot be made without an importance matrix.", evidence: .published)
  }
}
