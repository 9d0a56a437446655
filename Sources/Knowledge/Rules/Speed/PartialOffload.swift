import Evidence

/// Only some layers run on the GPU.
package enum PartialOffload: Rule, Measuring {
  package static let card = RuleCard(
    code: "EW357", name: "partial-offload", severity: .hint,
    summary: "Only part of the layers runs on the GPU.",
    rationale: """
      Each token passes the layers in order: the ones on the CPU take most of the time even when they are few, \
      because the memory of the CPU is several times slower. A quantization that fits as a whole is often \
      faster than a better one in two parts.
      """,
    remedies: [
      Remedy(
        .llamaCpp,
        steps: [
          "Take a quantization or a context with which all layers fit.",
          "For a mixture of experts offload all but the experts.",
        ],
        commands: [
          "llama-server -m {model} -ngl all -c 8192 -fa on -ctk q8_0 -ctv q8_0",
          "llama-server -m {model} -ngl all --n-cpu-moe 20",
        ],
        verify: """
          The log says "offloaded N/N layers to GPU" and llama-bench -ngl 99 is faster.
          """),
      Remedy(
        .ollama,
        steps: [
          "Shorten the context or take a smaller quantization."
        ],
        commands: [
          "OLLAMA_CONTEXT_LENGTH=8192 OLLAMA_FLASH_ATTENTION=1 OLLAMA_KV_CACHE_TYPE=q8_0 ollama serve"
        ],
        verify: "ollama ps shows 100% GPU."),
    ],
    citations: [
      "llama.cpp arguments: ggml-org/llama.cpp@0c1e57098 common/arg.cpp",
      "decode rate = bandwidth / (active weight bytes + cache bytes read per token) (arithmetic)",
    ])

  package static let examples = [
    RuleExample(.fires, "10 of 33") {
      $0.run.offloadedLayerCount = 10
      $0.run.layerCount = 33
    },
    RuleExample(.quiet, "all") {
      $0.run.offloadedLayerCount = 33
      $0.run.layerCount = 33
    },
    RuleExample(.quiet, "none") {
      $0.run.offloadedLayerCount = 0
      $0.run.layerCount = 33
    },
    RuleExample(.unknown, "not stated"),
  ]

  package static func measurements(_ situation: Situation) -> [Measurement] {
    [
      Measurement(
        "run.offloadedLayerCount", situation.run.offloadedLayerCount.map(Double.init),
        threshold: (situation.run.layerCount ?? situation.model.layerCount).map(Double.init))
    ].compactMap { $0 }
  }

  package static func check(_ situation: Situation) -> Outcome {
    guard let offloaded = situation.run.offloadedLayerCount else {
      return .unknown(missing: ["run.offloadedLayerCount"])
    }
    guard let layers = situation.run.layerCount ?? situation.model.layerCount else {
      return .unknown(missing: ["model.layerCount"])
    }
    guard offloaded > 0, offloaded < layers else { return .quiet }
    return .fires(because: "\(offloaded) of \(layers) layers are offloaded.", evidence: .measured)
  }
}
