import Evidence

/// A chat model gets prompts without its template.
package enum ChatTemplateMissing: Rule {
  package static let card = RuleCard(
    code: "EW453", name: "chat-template-missing", severity: .warning,
    summary: "A model that was trained to chat gets its prompts without, or with another model's, template.",
    rationale: """
      An instruction-tuned model that does not see its own markers repeats itself, does not stop or answers \
      nonsense, at full speed and without any error. It is the most frequent reason for bad output that has \
      nothing to do with quantization.
      """,
    remedies: [
      Remedy(
        .llamaCpp,
        steps: [
          "Send messages to /v1/chat/completions instead of text to /completion.",
          "Use the template of the file; give one when the file has none.",
        ],
        commands: [
          """
          curl -s http://127.0.0.1:8080/v1/chat/completions -H "Content-Type: application/json" -d \
          '{"messages":[{"role":"user","content":"Say hello."}]}'
          """,
          "llama-server -m {model} --jinja",
          "llama-cli -m {model} -cnv",
        ],
        verify: "The answer is short and ends; model/inspect says whether the file has a template."),
      Remedy(
        .ollama,
        steps: [
          "Look at the template; import the model with one."
        ],
        commands: [
          "ollama show --template {model}"
        ],
        verify: """
          ollama run {model} "Say hello." answers and stops.
          """),
      Remedy(
        .mlx,
        steps: [
          "Use the chat program or server, which apply the template."
        ],
        commands: [
          "mlx_lm.chat --model {model}"
        ],
        verify: "The answer is short and ends."),
    ],
    citations: [
      "llama.cpp tools/server/README.md: chat completions apply the template",
      "general knowledge about instruction-tuned models",
    ])

  package static let examples = [
    RuleExample(.fires, "a chat model without template") {
      $0.run.usesChatTemplate = false
      $0.model.name = "llama-3.2-1b-instruct"
    },
    RuleExample(.quiet, "a base model") {
      $0.run.usesChatTemplate = false
      $0.model.name = "llama-3.2-1b"
    },
    RuleExample(.quiet, "with its template") {
      $0.run.usesChatTemplate = true
    },
    RuleExample(.unknown, "not said") {
      $0.model.name = "llama-3.2-1b-instruct"
    },
  ]

  package static func check(_ situation: Situation) -> Outcome {
    guard let usesTemplate = situation.run.usesChatTemplate else { return .unknown(missing: ["run.usesChatTemplate"]) }
    guard !usesTemplate else { return .quiet }
    guard let name = situation.model.name?.lowercased() else { return .unknown(missing: ["model.name"]) }
    let parts = name.split { !$0.isLetter }
    guard parts.contains(where: { ["instruct", "chat", "it", "assistant"].contains($0) }) else { return .quiet }
    return .fires(because: "\(name) is a chat model and gets prompts without its template.", evidence: .published)
  }
}
