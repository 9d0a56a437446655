import Evidence

/// Weights and key-value cache together are larger than the memory.
package enum ContextExceedsMemory: Rule {
  package static let card = RuleCard(
    code: "EW102", name: "context-exceeds-memory", severity: .error,
    summary: "The weights fit, but not with the key-value cache of the context wanted.",
    rationale: """
      The cache grows with every token of context: 2 x layers x key-value heads x head size x bytes per value, for each request that is served at a time.
      """,
    remedies: [
      Remedy(
        steps: ["Take a shorter context.", "Store the cache in 8 bits.", "Take a format with fewer bits per weight."],
        verify: "Weights plus cache stay under the usable memory."),
      Remedy(
        .llamaCpp, steps: ["Store the cache in 8 bits; flash attention has to be on."],
        commands: [#"llama-server -m {model} -c 8192 -fa on -ctk q8_0 -ctv q8_0"#]),
      Remedy(
        .mlx, steps: ["Limit the cache and store it in 8 bits."],
        commands: [#"mlx_lm.generate --model {model} --prompt "Hello" --max-tokens 128 --max-kv-size 4096 --kv-bits 8"#]
      ),
    ],
    citations: ["cache bytes = sum over layers of 2 x key-value heads x head size x bytes (exact)"])

  package static let examples = [
    RuleExample(.fires, "131072 tokens of Llama-3.2-3B in 8 GB") {
      $0.model.weightBytes = 2_000_000_000
      $0.model.keyValueBytesPerToken = 114_688
      $0.goals.contextLength = 131_072
      $0.machine.usableMemoryBytes = 8_000_000_000
    },
    RuleExample(.quiet, "4096 tokens of Llama-3.2-3B in 8 GB") {
      $0.model.weightBytes = 2_000_000_000
      $0.model.keyValueBytesPerToken = 114_688
      $0.goals.contextLength = 4096
      $0.machine.usableMemoryBytes = 8_000_000_000
    },
    RuleExample(.unknown, "no context named") {
      $0.model.weightBytes = 2_000_000_000
      $0.machine.usableMemoryBytes = 8_000_000_000
    },
  ]

  package static func check(_ situation: Situation) -> Outcome {
    guard let weightBytes = situation.model.weightBytes else { return .unknown(missing: ["model.weightBytes"]) }
    guard let memoryBytes = situation.memoryForModelBytes else {
      return .unknown(missing: ["machine.usableMemoryBytes"])
    }
    guard weightBytes <= memoryBytes else { return .quiet }
    guard let cacheBytes = situation.keyValueCacheBytes else {
      return .unknown(missing: ["model.keyValueBytesPerToken", "goals.contextLength"])
    }
    guard cacheBytes > memoryBytes - weightBytes else { return .quiet }
    return .fires(
      because: """
        The weights take \(ByteText.text(weightBytes)) and the cache \(ByteText.text(cacheBytes)); \
        \(ByteText.text(memoryBytes)) are free.
        """, evidence: .computed)
  }
}
