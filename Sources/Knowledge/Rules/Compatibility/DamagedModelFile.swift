import Evidence

/// Parts of the model file are missing.
package enum DamagedModelFile: Rule {
  package static let card = RuleCard(
    code: "EW257", name: "damaged-model-file", severity: .error,
    summary: "The model file is incomplete: data lies outside the file or tensors are missing.",
    rationale: """
      A download that stopped, a split model of which a part is missing, or a projector file given as the \
      model. Neither memory nor settings can help.
      """,
    remedies: [
      Remedy(
        steps: [
          "Compare size and checksum with the source.",
          "Keep all parts of a split model in one folder and open the first.",
          "Download again.",
        ],
        commands: [
          "sha256sum {model}",
          "ls -l {folder}",
        ],
        verify: "model/inspect reads the file to its end.")
    ],
    citations: [
      "moly-ai/moly-ai#328",
      "ggml-org/llama.cpp@0c1e57098 src/llama-model-loader.cpp",
      "ml-explore/mlx python/mlx/nn/layers/base.py",
    ])

  package static let examples = [
    RuleExample(.fires, "data outside the file") {
      $0.run.messages = ["lcp-file-bounds"]
    },
    RuleExample(.quiet, "a log without it") {
      $0.run.messages = []
    },
    RuleExample(.unknown, "no log"),
  ]

  package static func check(_ situation: Situation) -> Outcome {
    guard situation.run.messages != nil else { return .unknown(missing: ["run.messages"]) }
    let seen = situation.messages(among: [
      "lcp-file-bounds",
      "lcp-missing-tensor",
      "mlx-missing-params",
      "ov-read-model",
    ])
    guard !seen.isEmpty else { return .quiet }
    return .fires(because: "The log has \(seen.joined(separator: ", ")).", evidence: .published)
  }
}
