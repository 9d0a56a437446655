import Evidence

/// The key-value cache has 5 bits or less.
package enum QuantizedKeyValueCache: Rule {
  package static let card = RuleCard(
    code: "EW452", name: "quantized-key-value-cache", severity: .warning,
    summary: "The key-value cache is stored in 5 bits or less.",
    rationale: """
      8 bits cost little (KL divergence 0.001 on Llama-3-8B); 4 bits are a risk that differs between models, \
      and the error grows with the context.
      """,
    remedies: [
      Remedy(
        .llamaCpp,
        steps: [
          "Store keys and values in 8 bits; if memory is short, keep keys in 8 bits and values in fewer."
        ],
        commands: [
          "llama-server -m {model} -fa on -ctk q8_0 -ctv q8_0"
        ],
        verify: "The same long prompt is answered correctly with q8_0: then it was the cache."),
      Remedy(
        .ollama,
        steps: [
          "Use q8_0."
        ],
        commands: [
          "OLLAMA_FLASH_ATTENTION=1 OLLAMA_KV_CACHE_TYPE=q8_0 ollama serve"
        ],
        verify: "The same long prompt is answered correctly."),
      Remedy(
        .mlx,
        steps: [
          "Use 8 bits."
        ],
        commands: [
          """
          mlx_lm.generate --model {model} --prompt "..." --kv-bits 8
          """
        ],
        verify: "The same long prompt is answered correctly."),
    ],
    citations: [
      "ggml-org/llama.cpp#7412: KL divergence by cache format",
      "ik_llama.cpp#1547: the error grows with the context",
    ])

  package static let examples = [
    RuleExample(.fires, "q4_0") {
      $0.run.keyValueFormat = "q4_0"
    },
    RuleExample(.quiet, "q8_0") {
      $0.run.keyValueFormat = "q8_0"
    },
    RuleExample(.unknown, "not said"),
  ]

  package static func check(_ situation: Situation) -> Outcome {
    guard let format = situation.run.keyValueFormat?.lowercased() else {
      return .unknown(missing: ["run.keyValueFormat"])
    }
    guard ["q4_0", "q4_1", "q5_0", "q5_1", "iq4_nl", "u4", "i4", "int4", "4"].contains(format) else { return .quiet }
    return .fires(because: "The key-value cache is stored as \(format).", evidence: .published)
  }
}
