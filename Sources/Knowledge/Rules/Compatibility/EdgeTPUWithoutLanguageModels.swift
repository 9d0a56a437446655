import Evidence

/// A language model is wanted on an Edge TPU.
package enum EdgeTPUWithoutLanguageModels: Rule {
  package static let card = RuleCard(
    code: "EW207", name: "edge-tpu-without-language-models", severity: .error,
    summary: "An Edge TPU runs no language models.",
    rationale: """
      It holds 8 MB of int8 weights in SRAM and runs fixed vision graphs compiled for it through LiteRT; neither OpenVINO nor Olive has a back end for it.
      """,
    remedies: [
      Remedy(steps: [
        "Run the language model on the CPU; keep the Edge TPU for vision.",
        "Take an accelerator with memory of its own for language models.",
      ])
    ],
    citations: [
      "facts platforms: coral-edgetpu", "OpenVINO 2026.4.1 plugin list and Olive 0.13.0 provider list have no Edge TPU",
    ])

  package static let examples = [
    RuleExample(.fires, "a language model beside a Coral stick") {
      $0.model.kind = .denseLanguageModel
      $0.machine.accelerators = [.init(.tpu, vendor: "google")]
    },
    RuleExample(.quiet, "a vision network beside a Coral stick") {
      $0.model.kind = .visionNetwork
      $0.machine.accelerators = [.init(.tpu, vendor: "google")]
    },
    RuleExample(.unknown, "kind not named") {
      $0.machine.accelerators = [.init(.tpu, vendor: "google")]
    },
  ]

  package static func check(_ situation: Situation) -> Outcome {
    guard let accelerators = situation.machine.accelerators else {
      return .unknown(missing: ["machine.accelerators"])
    }
    guard accelerators.contains(where: { $0.kind == .tpu && $0.vendor == "google" }) else { return .quiet }
    guard let kind = situation.model.kind else { return .unknown(missing: ["model.kind"]) }
    guard kind.isLanguageModel else { return .quiet }
    return .fires(because: "The Edge TPU runs int8 vision networks only, no language models.", evidence: .published)
  }
}
