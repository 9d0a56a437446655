import Evidence

/// An i-quant runs on a CPU that unpacks it slowly.
package enum SlowFormatForProcessor: Rule {
  package static let card = RuleCard(
    code: "EW359", name: "slow-format-for-processor", severity: .hint,
    summary: "The format costs this processor more time to unpack than it saves in bytes.",
    rationale: """
      i-quants below 4 bits look values up in tables, which the CPU does slowly; without AVX2 or dot-product \
      instructions that holds for the 4-bit ones too. Below about 4.7 bits per weight the decode rate hardly \
      rises any more, and prompts become slower. Since weights of Q4_0, Q4_K, Q2_K, Q5_K, Q6_K, Q8_0 and \
      IQ4_NL are repacked for the CPU, "Q4_0 on Arm" is no longer a rule.
      """,
    remedies: [
      Remedy(
        .llamaCpp,
        steps: [
          "Compare with a K-quant of about the same size."
        ],
        commands: [
          "llama-bench -m {model} -m {model-Q4_K_M} -p 512 -n 64",
          "llama-quantize --imatrix imatrix.gguf {model-bf16} {model-Q3_K_M} Q3_K_M",
        ],
        verify: "llama-bench prints the higher rate; benchmark/run measures the formats that Edgewise has.")
    ],
    citations: [
      "ik_llama.cpp PRs #118 and #153: prompts at 107 (IQ3_XXS) against 168 tokens/s (IQ4_NL) on a 7950X",
      "ggml-org/llama.cpp tools/quantize/README.md: rate by format",
      "ggml-org/llama.cpp@0c1e57098 ggml-cpu/repack.cpp",
    ])

  package static let examples = [
    RuleExample(.fires, "IQ2 on a CPU") {
      $0.model.quantization = "IQ2_XS"
      $0.machine.accelerators = []
    },
    RuleExample(.fires, "IQ4_XS without AVX2") {
      $0.model.quantization = "IQ4_XS"
      $0.machine.accelerators = []
      $0.machine.instructionSets = ["avx"]
    },
    RuleExample(.quiet, "IQ4_XS with AVX2") {
      $0.model.quantization = "IQ4_XS"
      $0.machine.accelerators = []
      $0.machine.instructionSets = ["avx2"]
    },
    RuleExample(.quiet, "on a GPU") {
      $0.model.quantization = "IQ2_XS"
      $0.run.offloadedLayerCount = 33
    },
    RuleExample(.unknown, "format not known") {
      $0.machine.accelerators = []
    },
  ]

  package static func check(_ situation: Situation) -> Outcome {
    guard let format = situation.model.quantization?.uppercased() else {
      return .unknown(missing: ["model.quantization"])
    }
    guard format.hasPrefix("IQ") else { return .quiet }
    guard let onCPU = situation.runsOnCPU else {
      return .unknown(missing: ["machine.accelerators", "run.offloadedLayerCount"])
    }
    guard onCPU else { return .quiet }
    if !format.hasPrefix("IQ4") {
      return .fires(because: "\(format) looks its values up in tables, which a CPU does slowly.", evidence: .published)
    }
    guard let sets = situation.machine.instructionSets else { return .unknown(missing: ["machine.instructionSets"]) }
    guard !sets.contains("avx2"), !sets.contains("dotprod"), !sets.contains("i8mm") else { return .quiet }
    return .fires(
      because: "\(format) on a processor with neither AVX2 nor dot-product instructions.", evidence: .published)
  }
}
