import Evidence

/// A small model in 3 bits or less.
package enum LowBitsOnSmallModel: Rule {
  package static let card = RuleCard(
    code: "EW451", name: "low-bits-on-small-model", severity: .warning,
    summary: "The model is small and its weights have 3 bits or less.",
    rationale: """
      Small and recent models lose more: Llama-3-8B keeps the same first token in 91.9 % of cases in Q4_K_M \
      and in 71.1 % in Q2_K, and models below 4 billion parameters lose more again. "Increase quantization", \
      as the usual remedy for lost accuracy reads, must mean more bits.
      """,
    remedies: [
      Remedy(
        .llamaCpp,
        steps: [
          "Take Q4_K_M or more, or a larger model at the same size.",
          "Use an importance matrix.",
          "Keep sensitive tensors in more bits.",
        ],
        commands: [
          "llama-imatrix -m {model-bf16} -f calibration.txt -o imatrix.gguf",
          "llama-quantize --imatrix imatrix.gguf {model-bf16} {model-Q5_K_M} Q5_K_M",
          """
          llama-quantize --imatrix imatrix.gguf --output-tensor-type q8_0 --token-embedding-type q8_0 \
          {model-bf16} {model-mixed} Q4_K_M
          """,
        ],
        verify: "llama-perplexity -m {model} -f wiki.test.raw comes near the value of the 16-bit file."),
      Remedy(
        .mlx,
        steps: [
          "Take 6 bits or a mixed recipe."
        ],
        commands: [
          "mlx_lm.convert --model {repository} --mlx-path q46 -q --quant-predicate mixed_4_6"
        ],
        verify: "mlx_lm.evaluate --model q46 --tasks mmlu_pro comes near the original."),
    ],
    citations: [
      "ggml-org/llama.cpp tools/perplexity/README.md: Llama-3-8B",
      "mlx-lm BENCHMARKS: Qwen3-4B",
    ])

  package static let examples = [
    RuleExample(.fires, "1.7 billion in Q2_K") {
      $0.model.quantization = "Q2_K"
      $0.model.parameterCount = 1_700_000_000
    },
    RuleExample(.quiet, "1.7 billion in Q4_K_M") {
      $0.model.quantization = "Q4_K_M"
      $0.model.parameterCount = 1_700_000_000
    },
    RuleExample(.quiet, "70 billion in Q2_K") {
      $0.model.quantization = "Q2_K"
      $0.model.parameterCount = 70_000_000_000
    },
    RuleExample(.unknown, "size not known") {
      $0.model.quantization = "Q2_K"
    },
  ]

  package static func check(_ situation: Situation) -> Outcome {
    guard let format = situation.model.quantization?.uppercased() else {
      return .unknown(missing: ["model.quantization"])
    }
    let lowBits = ["Q2_", "Q3_", "IQ1_", "IQ2_", "IQ3_", "INT2", "INT3", "2BIT", "3BIT"]
    guard lowBits.contains(where: format.hasPrefix) else { return .quiet }
    guard let count = situation.model.parameterCount else { return .unknown(missing: ["model.parameterCount"]) }
    guard count < 4_000_000_000 else { return .quiet }
    return .fires(
      because: "\(NumberText.text(Double(count) / 1e9)) billion parameters in \(format).", evidence: .published)
  }
}
