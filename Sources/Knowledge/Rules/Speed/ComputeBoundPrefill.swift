import Evidence

/// The prompt takes most of the time.
package enum ComputeBoundPrefill: Rule, Measuring {
  package static let card = RuleCard(
    code: "EW353", name: "compute-bound-prefill", severity: .warning,
    summary: "Reading the prompt takes longer than the target, or more than half of the request.",
    rationale: """
      Prefill does about two operations per active parameter and prompt token: it is bound by arithmetic, \
      nearly independent of the bits per weight. A smaller quantization does not shorten it; fewer tokens, a \
      reused beginning, a GPU or NPU, or better kernels do.
      """,
    remedies: [
      Remedy(
        .llamaCpp,
        steps: [
          "Shorten the prompt, or keep its beginning unchanged so that its cache is reused.",
          "Use all physical cores for prompts.",
          "Move it to a GPU.",
          "Compare batch sizes.",
        ],
        commands: [
          "llama-server -m {model} -tb {physical-cores} --metrics",
          "llama-server -m {model} -ngl all",
          "llama-bench -m {model} -p 512,2048 -n 0 -ub 256,512,1024",
        ],
        verify: """
          llama-bench -m {model} -p {prompt-tokens} -n 0 gives the rate; prompt tokens / rate is below the \
          target.
          """),
      Remedy(
        .openvino,
        steps: [
          "Turn on prefix caching in the model server; use the GPU or NPU for prompts."
        ],
        commands: [
          """
          docker run --rm --device=/dev/dri --group-add=$(stat -c %g /dev/dri/render* | head -1) -p \
          8000:8000 -v $PWD/models:/models openvino/model_server:latest-gpu --source_model {model} \
          --model_repository_path /models --rest_port 8000 --task text_generation --target_device GPU \
          --enable_prefix_caching true
          """
        ],
        verify: "The time to first token of a repeated prompt falls."),
      Remedy(
        .mlx,
        steps: [
          "Reuse the prompt cache."
        ],
        commands: [
          "mlx_lm.server --model {model} --prompt-cache-size 10"
        ],
        verify: "The second request with the same beginning answers sooner."),
    ],
    citations: [
      "prefill seconds = 2 x active parameters x tokens / arithmetic rate + attention (arithmetic)",
      "NousResearch/hermes-agent#109606: prefill was 87 to 93 % of a turn",
      "ggml-org/llama.cpp tools/quantize/README.md: prompt rates of 710 to 920 tokens/s over all formats",
    ])

  package static let examples = [
    RuleExample(.fires, "8 s against a target of 2") {
      $0.run.timeToFirstTokenSeconds = 8
      $0.goals.timeToFirstTokenSeconds = 2
    },
    RuleExample(.fires, "prompt of 577 tokens at 10 tokens/s in a request of 70 s") {
      $0.run.promptTokens = 577
      $0.run.prefillTokensPerSecond = 10
      $0.run.latencySeconds = 70
    },
    RuleExample(.quiet, "exactly on target") {
      $0.run.timeToFirstTokenSeconds = 2
      $0.goals.timeToFirstTokenSeconds = 2
    },
    RuleExample(.unknown, "no target") {
      $0.run.timeToFirstTokenSeconds = 8
    },
  ]

  package static func measurements(_ situation: Situation) -> [Measurement] {
    [
      Measurement(
        "run.timeToFirstTokenSeconds", situation.run.timeToFirstTokenSeconds,
        threshold: situation.goals.timeToFirstTokenSeconds),
      Measurement("run.latencySeconds", situation.run.latencySeconds, threshold: nil),
    ].compactMap { $0 }
  }

  package static func check(_ situation: Situation) -> Outcome {
    let run = situation.run
    var seconds = run.timeToFirstTokenSeconds
    if seconds == nil, let tokens = run.promptTokens, let rate = run.prefillTokensPerSecond, rate > 0 {
      seconds = Double(tokens) / rate
    }
    guard let seconds else {
      return .unknown(missing: ["run.prefillTokensPerSecond", "run.promptTokens", "run.timeToFirstTokenSeconds"])
    }
    let text = NumberText.text(seconds)
    if let target = situation.goals.timeToFirstTokenSeconds {
      guard seconds > target else { return .quiet }
      return .fires(
        because: "The first token comes after \(text) s, the target is \(NumberText.text(target)) s.",
        evidence: .measured)
    }
    guard let latency = run.latencySeconds, latency > 0 else {
      return .unknown(missing: ["goals.timeToFirstTokenSeconds", "run.latencySeconds"])
    }
    guard seconds > latency / 2 else { return .quiet }
    return .fires(
      because: "The prompt takes \(text) s of \(NumberText.text(latency)) s.", evidence: .measured)
  }
}
