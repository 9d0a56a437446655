import Evidence

/// The machine has an accelerator of a kind that no framework knows.
package enum UnknownAccelerator: Rule {
  package static let card = RuleCard(
    code: "EW601", name: "unknown-accelerator", severity: .information,
    summary: "An accelerator was found that no framework has a back end for.",
    rationale: """
      Neuromorphic, optical, quantum and other processors have no back end in any framework listed here: they are reported, and the work falls back to the CPU or GPU.
      """,
    remedies: [
      Remedy(steps: [
        "Ask the vendor for a runtime that takes ONNX or LiteRT models.", "Run on the CPU or GPU meanwhile.",
      ])
    ],
    citations: ["back-end lists of all frameworks in facts frameworks"])

  package static let examples = [
    RuleExample(.fires, "a neuromorphic card") {
      $0.machine.accelerators = [.init(.neuromorphic, vendor: "intel", name: "Loihi 2")]
    },
    RuleExample(.quiet, "an NVIDIA GPU") {
      $0.machine.accelerators = [.init(.gpu, vendor: "nvidia")]
    },
    RuleExample(.unknown, "accelerators not looked at"),
  ]

  package static func check(_ situation: Situation) -> Outcome {
    guard let accelerators = situation.machine.accelerators else {
      return .unknown(missing: ["machine.accelerators"])
    }
    guard let unknown = accelerators.first(where: { !$0.isKnown }) else { return .quiet }
    return .fires(
      because: "No framework has a back end for the \(unknown.title): the CPU or GPU does the work.",
      evidence: .published)
  }
}
