import Evidence

/// The primary use case favors other frameworks.
package enum UseCaseFavorsOthers: Rule {
  package static let card = RuleCard(
    code: "EW505", name: "use-case-fit", severity: .information,
    summary: "The primary use case favors other frameworks.",
    rationale: """
      Servers batch, apps embed, boards save memory: each use case leans on features that not every framework has.
      """,
    remedies: [
      Remedy(steps: ["Compare with the frameworks that the use case favors."])
    ],
    citations: ["facts useCases"])

  package static let examples = [
    RuleExample(.fires, "MLX for a server of many users") {
      $0.software.framework = .mlx
      $0.goals.useCase = .serving
    },
    RuleExample(.quiet, "vLLM for a server of many users") {
      $0.software.framework = .vllm
      $0.goals.useCase = .serving
    },
    RuleExample(.unknown, "use case not named") {
      $0.software.framework = .mlx
    },
  ]

  package static func check(_ situation: Situation) -> Outcome {
    guard let framework = situation.software.framework, let record = FrameworkRecord.of(framework) else {
      return .unknown(missing: ["software.framework"])
    }
    guard let useCase = situation.goals.useCase else { return .unknown(missing: ["goals.useCase"]) }
    guard let fact = UseCaseRecord.catalogue.record(useCase.rawValue), !fact.favors.contains(framework) else {
      return .quiet
    }
    let names = fact.favors.compactMap { FrameworkRecord.of($0)?.name }.joined(separator: ", ")
    return .fires(because: "\(fact.name): \(names) rather than \(record.name). \(fact.because)", evidence: .assumed)
  }
}
