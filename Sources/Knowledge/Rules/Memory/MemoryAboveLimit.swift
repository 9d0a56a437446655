import Evidence

/// A run takes more memory than the goal allows.
package enum MemoryAboveLimit: Rule, Measuring {
  package static let card = RuleCard(
    code: "EW153", name: "memory-above-limit", severity: .error,
    summary: "The run takes more memory than the limit that was set for it.",
    rationale: """
      Weights, key-value cache and compute buffers add up. The usual list of remedies begins with a smaller \
      batch: for one stream at a time it changes little. Bits per weight and context decide.
      """,
    remedies: [
      Remedy(
        .llamaCpp,
        steps: [
          "Shorten the context.",
          "Take a smaller quantization.",
          "Lower the physical batch, which shrinks the compute buffer only.",
        ],
        commands: [
          "llama-server -m {model} -c 4096 --parallel 1",
          "llama-quantize --imatrix imatrix.gguf {model-bf16} {model-Q4_K_M} Q4_K_M",
          "llama-server -m {model} -ub 256",
        ],
        verify: """
          ps -o rss= -p {pid} stays under the limit; diagnosis/explain with the new memoryBytes is quiet about \
          EW153.
          """),
      Remedy(
        .openvino,
        steps: [
          "Export with int4 weights.",
          """
          Shrink the cache with --cache_size and --kv_cache_precision u8. The model cache (CACHE_DIR) saves \
          loading time, not memory.
          """,
        ],
        commands: [
          "optimum-cli export openvino -m {repository} --weight-format int4 --group-size 128 --ratio 1.0 out/"
        ],
        verify: "docker stats stays under the limit."),
      Remedy(
        .olive,
        steps: [
          "Export with int4.",
          "Lower search.max_length.",
        ],
        commands: [
          """
          olive optimize -m {repository} --provider CPUExecutionProvider --device cpu --precision int4 \
          --output_path out/
          """
        ],
        verify: "The resident memory of the process stays under the limit."),
      Remedy(
        .mlx,
        steps: [
          "Take fewer bits, limit the cache. Memory mapping is no switch of MLX."
        ],
        commands: [
          "mlx_lm.convert --model {repository} --mlx-path q4 -q --q-bits 4 --q-group-size 64",
          """
          mlx_lm.generate --model q4 --prompt "..." --max-kv-size 4096
          """,
        ],
        verify: """
          "Peak memory" stays under the limit.
          """),
    ],
    citations: [
      "threshold: memory above the limit that the caller sets",
      "llama.cpp arguments: ggml-org/llama.cpp@0c1e57098 common/arg.cpp",
      "optimum-intel 2.2.0, mlx-lm 0.32.2 and olive-ai 0.13.0 argument parsers",
    ])

  package static let examples = [
    RuleExample(.fires, "5 GB under a limit of 4") {
      $0.run.memoryBytes = 5_000_000_000
      $0.goals.memoryLimitBytes = 4_000_000_000
    },
    RuleExample(.quiet, "exactly at the limit") {
      $0.run.memoryBytes = 4_000_000_000
      $0.goals.memoryLimitBytes = 4_000_000_000
    },
    RuleExample(.unknown, "no limit said") {
      $0.run.memoryBytes = 5_000_000_000
    },
  ]

  package static func measurements(_ situation: Situation) -> [Measurement] {
    [
      Measurement(
        "run.memoryBytes", situation.run.memoryBytes.map(Double.init),
        threshold: situation.goals.memoryLimitBytes.map(Double.init))
    ].compactMap { $0 }
  }

  package static func check(_ situation: Situation) -> Outcome {
    guard let memoryBytes = situation.run.memoryBytes else { return .unknown(missing: ["run.memoryBytes"]) }
    guard let limit = situation.goals.memoryLimitBytes else { return .unknown(missing: ["goals.memoryLimitBytes"]) }
    guard memoryBytes > limit else { return .quiet }
    return .fires(
      because: "The run takes \(ByteText.text(memoryBytes)), the limit is \(ByteText.text(limit)).", evidence: .measured
    )
  }
}
