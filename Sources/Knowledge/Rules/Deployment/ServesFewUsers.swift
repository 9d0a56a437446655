import Evidence

/// Several requests at a time are wanted of a framework that serves one.
package enum ServesFewUsers: Rule {
  package static let card = RuleCard(
    code: "EW506", name: "many-users", severity: .warning,
    summary: "The framework does not serve many requests at a time well.",
    rationale: """
      With continuous batching one read of the weights serves every request; without it requests wait for each other.
      """,
    remedies: [
      Remedy(
        steps: ["Take vLLM or TensorRT-LLM on a GPU, OpenVINO Model Server or llama-server on a CPU."],
        verify: "Requests per second at the latency that you allow.")
    ],
    citations: ["facts frameworks: servers and their batching"])

  package static let examples = [
    RuleExample(.fires, "16 requests at a time with MLX") {
      $0.software.framework = .mlx
      $0.goals.concurrentRequests = 16
    },
    RuleExample(.quiet, "16 requests at a time with vLLM") {
      $0.software.framework = .vllm
      $0.goals.concurrentRequests = 16
    },
    RuleExample(.unknown, "number of requests not named") {
      $0.software.framework = .mlx
    },
  ]

  package static func check(_ situation: Situation) -> Outcome {
    guard let framework = situation.software.framework, let record = FrameworkRecord.of(framework) else {
      return .unknown(missing: ["software.framework"])
    }
    guard let requests = situation.goals.concurrentRequests else {
      return .unknown(missing: ["goals.concurrentRequests"])
    }
    guard requests > 1, record.servesManyUsers.shareFraction < Grade.good.shareFraction else { return .quiet }
    return .fires(
      because: "\(requests) requests at a time are wanted; \(record.name) serves few at once.", evidence: .published)
  }
}
