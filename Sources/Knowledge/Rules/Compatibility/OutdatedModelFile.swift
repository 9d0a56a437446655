import Evidence

/// The file has an old or another format.
package enum OutdatedModelFile: Rule {
  package static let card = RuleCard(
    code: "EW255", name: "outdated-model-file", severity: .error,
    summary: "The model file is of an old format, or no model file at all.",
    rationale: """
      Files of 2023 (GGML, GGUF version 1, no pre-tokenizer) are refused or give worse output. A file of a few \
      hundred bytes that fails with a wrong magic number is a Git LFS pointer or an error page.
      """,
    remedies: [
      Remedy(
        .llamaCpp,
        steps: [
          """
          Look at the first bytes: they are "GGUF".
          """,
          "Download the file again, or convert the original once more.",
        ],
        commands: [
          "head -c 4 {model}; echo; ls -l {model}",
          "python convert_hf_to_gguf.py {folder} --outtype bf16 --outfile {model-bf16}",
        ],
        verify: "model/inspect reads the file.")
    ],
    citations: [
      "ggml-org/llama.cpp@0c1e57098 ggml/src/gguf.cpp:482 and :512",
      "ggml-org/llama.cpp#8886",
    ])

  package static let examples = [
    RuleExample(.fires, "GGUF version 1") {
      $0.run.messages = ["lcp-ggufv1"]
    },
    RuleExample(.fires, "a GGML file") {
      $0.model.fileFormat = "ggml"
    },
    RuleExample(.quiet, "GGUF") {
      $0.model.fileFormat = "gguf"
      $0.run.messages = []
    },
    RuleExample(.unknown, "no log"),
  ]

  package static func check(_ situation: Situation) -> Outcome {
    if let format = situation.model.fileFormat?.lowercased(), ["ggml", "ggjt", "ggla", "ggufv1"].contains(format) {
      return .fires(because: "The file is \(format), which current runtimes no longer read.", evidence: .published)
    }

    guard situation.run.messages != nil else { return .unknown(missing: ["run.messages"]) }
    let seen = situation.messages(among: [
      "lcp-ggufv1",
      "lcp-magic",
      "lcp-pretok-missing",
    ])
    guard !seen.isEmpty else { return .quiet }
    return .fires(because: "The log has \(seen.joined(separator: ", ")).", evidence: .published)
  }
}
