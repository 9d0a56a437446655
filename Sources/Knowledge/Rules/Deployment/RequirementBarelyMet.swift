import Evidence

/// The chosen framework meets mobile deployment, offline use or serving badly.
package enum RequirementBarelyMet: Rule {
  package static let card = RuleCard(
    code: "EW504", name: "requirement-grade", severity: .information,
    summary: "The framework's grade for a requirement is low.",
    rationale: """
      The requirement matrix grades each framework for cross-platform use, enterprise integration, mobile deployment, real-time inference, model variety, ease of use and offline use.
      """,
    remedies: [
      Remedy(steps: ["Weigh the requirement in framework/select and compare the ranked candidates."])
    ],
    citations: ["facts requirements"])

  package static let examples = [
    RuleExample(.fires, "vLLM inside a mobile app") {
      $0.software.framework = .vllm
      $0.goals.useCase = .mobileApp
    },
    RuleExample(.quiet, "ExecuTorch inside a mobile app") {
      $0.software.framework = .executorch
      $0.goals.useCase = .mobileApp
    },
    RuleExample(.unknown, "use case not named") {
      $0.software.framework = .vllm
    },
  ]

  package static func check(_ situation: Situation) -> Outcome {
    guard let framework = situation.software.framework, let record = FrameworkRecord.of(framework) else {
      return .unknown(missing: ["software.framework"])
    }
    guard let useCase = situation.goals.useCase else { return .unknown(missing: ["goals.useCase"]) }
    guard useCase == .mobileApp, let entry = RequirementRecord.catalogue.record("mobileDeployment")?.entry(framework)
    else { return .quiet }
    guard entry.grade == .none || entry.grade == .limited else { return .quiet }
    return .fires(because: "\(record.name): \(entry.because)", evidence: .published)
  }
}
