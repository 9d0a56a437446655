import Evidence

/// Flash attention slows a CPU down with a long context.
package enum FlashAttentionAtDepth: Rule {
  package static let card = RuleCard(
    code: "EW360", name: "flash-attention-at-depth", severity: .hint,
    summary: "Flash attention is on, the CPU does the work and the context in use is long.",
    rationale: """
      On a GPU flash attention is faster and saves memory. On the CPU llama.cpp decodes slower with it the \
      deeper the context: at 1,024 tokens 14.7 to 16.5 against 22.8 tokens/s, at 4,096 tokens 6.7 to 7.2 \
      against 13.3. It is on by default, and a cache with quantized values needs it.
      """,
    remedies: [
      Remedy(
        .llamaCpp,
        steps: [
          "Compare at the depth that you use.",
          """
          Turn it off if that is faster; then only keys may be quantized, and the compute buffer grows with \
          the context.
          """,
        ],
        commands: [
          "llama-bench -m {model} -p 0 -n 32 -d 0,1024,4096 -fa on",
          "llama-bench -m {model} -p 0 -n 32 -d 0,1024,4096 -fa off",
          "llama-server -m {model} -fa off",
        ],
        verify: "The rate at depth of the second llama-bench is higher.")
    ],
    citations: [
      "measured with llama.cpp on 2 cores of an AMD EPYC (Zen 3), Llama-3.2-1B shape, November 2026",
      "llama.cpp arguments: ggml-org/llama.cpp@0c1e57098 common/arg.cpp",
    ])

  package static let examples = [
    RuleExample(.fires, "4,096 tokens deep on a CPU") {
      $0.run.usesFlashAttention = true
      $0.run.promptTokens = 4096
      $0.machine.accelerators = []
    },
    RuleExample(.quiet, "short prompts") {
      $0.run.usesFlashAttention = true
      $0.run.promptTokens = 100
      $0.machine.accelerators = []
    },
    RuleExample(.quiet, "off") {
      $0.run.usesFlashAttention = false
    },
    RuleExample(.unknown, "not said") {
      $0.run.promptTokens = 4096
    },
  ]

  package static func check(_ situation: Situation) -> Outcome {
    guard let isOn = situation.run.usesFlashAttention else { return .unknown(missing: ["run.usesFlashAttention"]) }
    guard isOn else { return .quiet }
    guard let onCPU = situation.runsOnCPU else {
      return .unknown(missing: ["machine.accelerators", "run.offloadedLayerCount"])
    }
    guard onCPU else { return .quiet }
    guard let depth = situation.run.promptTokens else { return .unknown(missing: ["run.promptTokens"]) }
    guard depth >= 1024 else { return .quiet }
    return .fires(because: "Flash attention is on, on the CPU, \(depth) tokens deep.", evidence: .published)
  }
}
