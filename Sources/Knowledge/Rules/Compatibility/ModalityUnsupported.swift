import Evidence

/// The chosen framework does not take the model's inputs.
package enum ModalityUnsupported: Rule {
  package static let card = RuleCard(
    code: "EW203", name: "modality-unsupported", severity: .error,
    summary: "The framework does not take every input that the model needs.",
    rationale: """
      A vision or audio model needs its encoder and projector in the engine, not only its text decoder.
      """,
    remedies: [
      Remedy(steps: [
        "Take a framework that lists the input.", "Use the text part of the model alone, if that is enough.",
      ])
    ],
    citations: ["facts frameworks: modalities, read from docs and model lists"])

  package static let examples = [
    RuleExample(.fires, "audio for LiteRT's Qualcomm stack") {
      $0.software.framework = .qnn
      $0.model.modalities = [.text, .audio]
    },
    RuleExample(.quiet, "images for llama.cpp") {
      $0.software.framework = .llamaCpp
      $0.model.modalities = [.text, .image]
    },
    RuleExample(.unknown, "inputs not named") {
      $0.software.framework = .llamaCpp
    },
  ]

  package static func check(_ situation: Situation) -> Outcome {
    guard let framework = situation.software.framework, let record = FrameworkRecord.of(framework) else {
      return .unknown(missing: ["software.framework"])
    }
    guard situation.model.modalities != nil else { return .unknown(missing: ["model.modalities"]) }
    let missing = record.missingModalities(of: situation.model)
    guard !missing.isEmpty else { return .quiet }
    let list = missing.map(\.rawValue).joined(separator: " and ")
    return .fires(because: "\(record.name) takes no \(list) input.", evidence: .published)
  }
}
