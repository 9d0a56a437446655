import Evidence

/// The format moves answers further from the unquantized model's than the goal allows.
package enum FormatLosesQuality: Rule {
  package static let card = RuleCard(
    code: "EW401", name: "format-loses-quality", severity: .warning,
    summary: "The format's published loss is above what the accuracy goal allows.",
    rationale: """
      Mean Kullback-Leibler divergence of the next token against the unquantized model: below 0.01 is negligible, below 0.05 small, below 0.15 moderate, below 0.5 large. Published for Llama-3-8B; small models lose more, older and larger ones less.
      """,
    remedies: [
      Remedy(
        .llamaCpp,
        steps: [
          "Take more bits per weight.", "Quantize with an importance matrix.",
          "Keep sensitive tensors in more bits with --tensor-type.",
        ], commands: [#"llama-quantize --imatrix imatrix.gguf model-bf16.gguf model-Q5_K_M.gguf Q5_K_M"#],
        verify: "llama-perplexity on text like yours comes near the unquantized model's."),
      Remedy(
        .olive,
        steps: [
          "Choose GPTQ, AWQ or k-quant, a finer block, or LoRA: the command line has no quantization-aware training."
        ]),
      Remedy(.openvino, steps: ["Add --awq --scale-estimation with a data set, or lower --ratio."]),
      Remedy(.mlx, steps: ["Take 6 or 8 bits, or group size 32, or learn the quantization with mlx_lm.dwq."]),
    ],
    citations: [
      "llama.cpp tools/perplexity README, Llama-3-8B, WikiText-2",
      "third-party bands of the divergence: 0.01, 0.05, 0.15, 0.5",
    ])

  package static let examples = [
    RuleExample(.fires, "Q2_K for the highest accuracy") {
      $0.software.framework = .llamaCpp
      $0.model.quantization = "Q2_K"
      $0.goals.accuracy = .highest
    },
    RuleExample(.quiet, "Q4_K_M for balance") {
      $0.software.framework = .llamaCpp
      $0.model.quantization = "Q4_K_M"
      $0.goals.accuracy = .balanced
    },
    RuleExample(.unknown, "accuracy not named") {
      $0.software.framework = .llamaCpp
      $0.model.quantization = "Q2_K"
    },
  ]

  package static func check(_ situation: Situation) -> Outcome {
    guard let framework = situation.software.framework else { return .unknown(missing: ["software.framework"]) }
    guard let name = situation.model.quantization else { return .unknown(missing: ["model.quantization"]) }
    guard let accuracy = situation.goals.accuracy else { return .unknown(missing: ["goals.accuracy"]) }
    guard let record = QuantizationRecord.catalogue.record("\(framework.rawValue)/\(name)"),
      let loss = record.expectedDivergence
    else { return .unknown(missing: ["run.accuracyKeptFraction"]) }
    guard loss > accuracy.largestDivergence else { return .quiet }
    return .fires(
      because: """
        \(record.name) has a divergence of \(NumberText.text(loss)) as published; the goal allows \
        \(NumberText.text(accuracy.largestDivergence)).
        """, evidence: .published)
  }
}
