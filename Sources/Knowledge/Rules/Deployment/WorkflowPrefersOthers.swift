import Evidence

/// The way of working prefers another framework.
package enum WorkflowPrefersOthers: Rule {
  package static let card = RuleCard(
    code: "EW503", name: "workflow-order", severity: .information,
    summary: "The way of working prefers other frameworks.",
    rationale: """
      Prototyping wants few steps: llama.cpp, MLX, Olive, OpenVINO. Enterprise wants reproducible pipelines: Olive, OpenVINO, MLX, llama.cpp.
      """,
    remedies: [
      Remedy(steps: ["Weigh the order against the hardware: it is a preference, not a limit."])
    ],
    citations: ["facts workflows"])

  package static let examples = [
    RuleExample(.fires, "llama.cpp for an enterprise") {
      $0.software.framework = .llamaCpp
      $0.goals.workflow = .enterprise
    },
    RuleExample(.quiet, "llama.cpp for a prototype") {
      $0.software.framework = .llamaCpp
      $0.goals.workflow = .prototyping
    },
    RuleExample(.unknown, "workflow not named") {
      $0.software.framework = .llamaCpp
    },
  ]

  package static func check(_ situation: Situation) -> Outcome {
    guard let framework = situation.software.framework, let record = FrameworkRecord.of(framework) else {
      return .unknown(missing: ["software.framework"])
    }
    guard let workflow = situation.goals.workflow else { return .unknown(missing: ["goals.workflow"]) }
    guard let order = WorkflowRecord.catalogue.record(workflow.rawValue)?.order, order.first != framework else {
      return .quiet
    }
    let names = order.compactMap { FrameworkRecord.of($0)?.name }.joined(separator: ", ")
    return .fires(because: "\(workflow.rawValue) prefers \(names) over \(record.name).", evidence: .assumed)
  }
}
