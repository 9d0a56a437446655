import Evidence

/// The chosen framework does not run models of this kind.
package enum ModelKindUnsupported: Rule {
  package static let card = RuleCard(
    code: "EW204", name: "model-kind-unsupported", severity: .error,
    summary: "The framework does not run models of this kind.",
    rationale: """
      Engines for language models know a list of architectures; vision networks, speech and image generation need general graph engines.
      """,
    remedies: [
      Remedy(steps: ["Take a framework that lists the kind: OpenVINO and ONNX Runtime take general networks."])
    ],
    citations: ["facts frameworks: model kinds, read from docs and model lists"])

  package static let examples = [
    RuleExample(.fires, "a vision network for llama.cpp") {
      $0.software.framework = .llamaCpp
      $0.model.kind = .visionNetwork
    },
    RuleExample(.quiet, "a language model for llama.cpp") {
      $0.software.framework = .llamaCpp
      $0.model.kind = .denseLanguageModel
    },
    RuleExample(.unknown, "kind not named") {
      $0.software.framework = .llamaCpp
    },
  ]

  package static func check(_ situation: Situation) -> Outcome {
    guard let framework = situation.software.framework, let record = FrameworkRecord.of(framework) else {
      return .unknown(missing: ["software.framework"])
    }
    guard let kind = situation.model.kind else { return .unknown(missing: ["model.kind"]) }
    guard kind != .other, !record.modelKinds.contains(kind) else { return .quiet }
    return .fires(because: "\(record.name) does not run models of the kind \(kind.rawValue).", evidence: .published)
  }
}
