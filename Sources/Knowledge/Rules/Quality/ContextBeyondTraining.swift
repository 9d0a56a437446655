import Evidence

/// The context is longer than the model was trained for.
package enum ContextBeyondTraining: Rule, Measuring {
  package static let card = RuleCard(
    code: "EW455", name: "context-beyond-training", severity: .warning,
    summary: "The context is longer than the one that the model was trained for.",
    rationale: """
      Positions beyond the training context are new to the model: the output breaks down after that many \
      tokens unless the rotation is scaled as the model's makers say.
      """,
    remedies: [
      Remedy(
        .llamaCpp,
        steps: [
          "Lower the context to the training context.",
          "Or scale the rotation if the makers of the model provide for it.",
        ],
        commands: [
          "llama-server -m {model} -c {training-context}",
          "llama-server -m {model} --rope-scaling yarn --yarn-orig-ctx {training-context} -c {context}",
        ],
        verify: """
          The log no longer warns of "training context overflow"; model/inspect gives the training context.
          """)
    ],
    citations: [
      "ggml-org/llama.cpp@0c1e57098 src/llama-context.cpp:328"
    ])

  package static let examples = [
    RuleExample(.fires, "32,768 of 8,192") {
      $0.run.contextLength = 32_768
      $0.model.contextLength = 8192
    },
    RuleExample(.quiet, "exactly as trained") {
      $0.run.contextLength = 8192
      $0.model.contextLength = 8192
    },
    RuleExample(.unknown, "training context not known") {
      $0.run.contextLength = 32_768
    },
  ]

  package static func measurements(_ situation: Situation) -> [Measurement] {
    [
      Measurement(
        "run.contextLength", (situation.run.contextLength ?? situation.goals.contextLength).map(Double.init),
        threshold: situation.model.contextLength.map(Double.init))
    ].compactMap { $0 }
  }

  package static func check(_ situation: Situation) -> Outcome {
    if !situation.messages(among: ["lcp-train-ctx"]).isEmpty {
      return .fires(because: "The log has lcp-train-ctx.", evidence: .published)
    }
    guard let context = situation.run.contextLength ?? situation.goals.contextLength else {
      return .unknown(missing: ["run.contextLength"])
    }
    guard let trained = situation.model.contextLength else { return .unknown(missing: ["model.contextLength"]) }
    guard context > trained else { return .quiet }
    return .fires(because: "A context of \(context) tokens; the model was made for \(trained).", evidence: .computed)
  }
}
