import Evidence

/// Fewer tokens or requests a second than wanted.
package enum ThroughputBelowTarget: Rule, Measuring {
  package static let card = RuleCard(
    code: "EW363", name: "throughput-below-target", severity: .error,
    summary: "The throughput is below its target.",
    rationale: """
      For one stream the bandwidth bounds the tokens a second; for many the weights that are read once serve \
      the whole batch, so serving requests together raises the sum until the arithmetic is used up.
      """,
    remedies: [
      Remedy(
        .llamaCpp,
        steps: [
          "Serve several requests together.",
          "Find the best batch and thread count.",
        ],
        commands: [
          "llama-server -m {model} --parallel 4 -c 16384 --metrics",
          "llama-bench -m {model} -t 2,4,8 -b 512,2048 -p 512 -n 128",
        ],
        verify: "llamacpp:predicted_tokens_seconds of /metrics reaches the target."),
      Remedy(
        .vllm,
        steps: [
          "Raise the number of sequences."
        ],
        commands: [
          "vllm serve {model} --max-num-seqs 64"
        ],
        verify: "vllm:generation_tokens_total of /metrics grows at the target rate."),
      Remedy(
        .openvino,
        steps: [
          "Use continuous batching (LM_CB) on the CPU or GPU; the NPU serves one request at a time."
        ],
        commands: [
          """
          docker run --rm -p 8000:8000 -v $PWD/models:/models openvino/model_server:latest --source_model \
          {model} --model_repository_path /models --rest_port 8000 --task text_generation --target_device \
          CPU --pipeline_type LM_CB --max_num_seqs 64
          """
        ],
        verify: "ovms_requests_success of /metrics grows at the target rate."),
    ],
    citations: [
      "threshold: throughput below the target that the caller sets",
      "llama.cpp arguments: ggml-org/llama.cpp@0c1e57098 common/arg.cpp",
    ])

  package static let examples = [
    RuleExample(.fires, "8 of 20 tokens/s") {
      $0.run.decodeTokensPerSecond = 8
      $0.goals.decodeTokensPerSecond = 20
    },
    RuleExample(.fires, "1 of 2 requests/s") {
      $0.run.requestsPerSecond = 1
      $0.goals.requestsPerSecond = 2
    },
    RuleExample(.quiet, "exactly on target") {
      $0.run.decodeTokensPerSecond = 20
      $0.goals.decodeTokensPerSecond = 20
    },
    RuleExample(.unknown, "no target") {
      $0.run.decodeTokensPerSecond = 8
    },
  ]

  package static func measurements(_ situation: Situation) -> [Measurement] {
    [
      Measurement(
        "run.decodeTokensPerSecond", situation.run.decodeTokensPerSecond,
        threshold: situation.goals.decodeTokensPerSecond),
      Measurement(
        "run.requestsPerSecond", situation.run.requestsPerSecond, threshold: situation.goals.requestsPerSecond),
    ].compactMap { $0 }
  }

  package static func check(_ situation: Situation) -> Outcome {
    if let rate = situation.run.decodeTokensPerSecond, let wanted = situation.goals.decodeTokensPerSecond, rate < wanted
    {
      return .fires(
        because: "\(NumberText.text(rate)) tokens/s, \(NumberText.text(wanted)) wanted.", evidence: .measured)
    }
    if let rate = situation.run.requestsPerSecond, let wanted = situation.goals.requestsPerSecond, rate < wanted {
      return .fires(
        because: "\(NumberText.text(rate)) requests/s, \(NumberText.text(wanted)) wanted.", evidence: .measured)
    }
    let goals = situation.goals
    let isJudged =
      (goals.decodeTokensPerSecond != nil && situation.run.decodeTokensPerSecond != nil)
      || (goals.requestsPerSecond != nil && situation.run.requestsPerSecond != nil)
    return isJudged ? .quiet : .unknown(missing: ["goals.decodeTokensPerSecond", "run.decodeTokensPerSecond"])
  }
}
