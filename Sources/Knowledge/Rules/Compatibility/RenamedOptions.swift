import Evidence

/// An option of the command has another name by now.
package enum RenamedOptions: Rule {
  package static let card = RuleCard(
    code: "EW258", name: "renamed-options", severity: .error,
    summary: "The command uses options of an older version.",
    rationale: """
      llama.cpp replaced --mmap, --no-mmap and --mlock by --load-mode and the --draft family by --spec-draft; \
      its Makefile only prints an error. Olive's auto-opt gave way to optimize. Many guides still show the old \
      names.
      """,
    remedies: [
      Remedy(
        .llamaCpp,
        steps: [
          "Write --load-mode none for --no-mmap, --load-mode mlock for --mlock.",
          "Write --spec-draft-n-max for --draft-max.",
          "Build with CMake; the options are called GGML_*.",
        ],
        commands: [
          "llama-server -m {model} --load-mode none",
          "llama-server -m {model} -md {draft} --spec-draft-n-max 3",
          "cmake -B build -DGGML_BLAS=ON -DGGML_BLAS_VENDOR=OpenBLAS && cmake --build build --config Release -j",
        ],
        verify: """
          The program starts without "invalid argument".
          """),
      Remedy(
        .olive,
        steps: [
          "Use olive optimize and its options."
        ],
        commands: [
          "olive optimize -h"
        ],
        verify: "The command starts its passes."),
    ],
    citations: [
      "llama.cpp arguments: ggml-org/llama.cpp@0c1e57098 common/arg.cpp:827 and :2691",
      "ggml-org/llama.cpp@0c1e57098 Makefile",
      "microsoft/Olive#1460",
    ])

  package static let examples = [
    RuleExample(.fires, "--no-mmap") {
      $0.run.messages = ["lcp-noarg-mmap"]
    },
    RuleExample(.quiet, "a log without it") {
      $0.run.messages = []
    },
    RuleExample(.unknown, "no log"),
  ]

  package static func check(_ situation: Situation) -> Outcome {
    guard situation.run.messages != nil else { return .unknown(missing: ["run.messages"]) }
    let seen = situation.messages(among: [
      "lcp-make-removed",
      "lcp-noarg-draft",
      "lcp-noarg-mmap",
      "olive-unknown-args",
    ])
    guard !seen.isEmpty else { return .quiet }
    return .fires(because: "The log has \(seen.joined(separator: ", ")).", evidence: .published)
  }
}
