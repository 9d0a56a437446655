import Evidence

/// Decoding runs at the limit of the memory bandwidth.
package enum BandwidthBoundDecode: Rule, Measuring {
  package static let card = RuleCard(
    code: "EW351", name: "bandwidth-bound-decode", severity: .warning,
    summary: "Decoding waits for memory: the bandwidth is used up.",
    rationale: """
      Each token reads all active weights once. At the bandwidth limit all cores show 100 % although they \
      wait, so more CPU, more threads or a higher clock change nothing; fewer bytes per token do. The usual \
      advice "CPU over 80 %: processor-bound, give it more CPU" is wrong for decoding. Engines reach 56 to 87 \
      % of the bandwidth, so from 60 % on the computed share counts as the limit.
      """,
    remedies: [
      Remedy(
        .llamaCpp,
        steps: [
          "Take a format with fewer bits per weight.",
          "Use as many threads as the rate still grows with, not more.",
          "Guess tokens ahead with a small draft model.",
          "A mixture of experts reads fewer weights per token at the same size.",
        ],
        commands: [
          "llama-quantize --imatrix imatrix.gguf {model-bf16} {model-Q4_K_M} Q4_K_M",
          "llama-bench -m {model} -t 1,2,4,8 -p 0 -n 64",
          "llama-server -m {model} -md {draft} --spec-draft-n-max 3",
        ],
        verify: """
          llama-bench -m {model} -p 0 -n 128: the rate rises in proportion to the bytes saved; benchmark/run \
          reports the share of the bandwidth that is reached.
          """),
      Remedy(
        .openvino,
        steps: [
          "Export with int4 weights instead of int8."
        ],
        commands: [
          "optimum-cli export openvino -m {repository} --weight-format int4 --group-size 128 --ratio 1.0 out/",
          """
          python tools/llm_bench/benchmark.py -m out -d CPU -n 2 -ic 128 -p "..."
          """,
        ],
        verify: "The second latency that llm_bench prints falls in proportion to the bytes saved."),
      Remedy(
        .mlx,
        steps: [
          """
          Take fewer bits. Metal is on by default: "enable Metal" is no remedy.
          """
        ],
        commands: [
          "mlx_lm.convert --model {repository} --mlx-path q4 -q --q-bits 4 --q-group-size 64",
          "mlx_lm.benchmark --model q4 -p 2048 -g 128 -n 5",
        ],
        verify: "mlx_lm.benchmark reports a higher generation rate."),
      Remedy(
        .olive,
        steps: [
          "Export with int4."
        ],
        commands: [
          """
          olive optimize -m {repository} --provider CPUExecutionProvider --device cpu --precision int4 \
          --output_path out/
          """
        ],
        verify: "The same prompt is answered at a higher rate."),
    ],
    citations: [
      "decode rate = bandwidth / (active weight bytes + cache bytes read per token) (arithmetic)",
      """
      measured with llama.cpp on 2 cores of an AMD EPYC (Zen 3), Llama-3.2-1B shape, November 2026: 63 % of \
      the bandwidth in Q4_0, 83 % in F16
      """,
      "mlx-lm 0.32.2 BENCHMARKS: M4 Max reaches 77 % in bf16 and 56 % in 4 bits",
      "ggml-org/llama.cpp#12966: 30 threads no faster than 4",
    ])

  package static let examples = [
    RuleExample(.fires, "95 % of the bandwidth measured") {
      $0.run.bandwidthUtilizationFraction = 0.95
    },
    RuleExample(.fires, "rate times bytes near the bandwidth") {
      $0.run.decodeTokensPerSecond = 25
      $0.model.weightBytes = 803_000_000
      $0.machine.memoryBandwidthBytesPerSecond = 30_500_000_000
    },
    RuleExample(.quiet, "exactly 90 %") {
      $0.run.bandwidthUtilizationFraction = 0.9
    },
    RuleExample(.quiet, "far from the bandwidth") {
      $0.run.decodeTokensPerSecond = 5
      $0.model.weightBytes = 803_000_000
      $0.machine.memoryBandwidthBytesPerSecond = 30_500_000_000
    },
    RuleExample(.unknown, "only the processor use") {
      $0.run.cpuUtilizationFraction = 1
    },
  ]

  package static func measurements(_ situation: Situation) -> [Measurement] {
    [
      Measurement("run.bandwidthUtilizationFraction", situation.run.bandwidthUtilizationFraction, threshold: 0.9),
      Measurement("run.decodeTokensPerSecond", situation.run.decodeTokensPerSecond, threshold: nil),
    ].compactMap { $0 }
  }

  package static func check(_ situation: Situation) -> Outcome {
    if let fraction = situation.run.bandwidthUtilizationFraction {
      guard fraction > 0.9 else { return .quiet }
      return .fires(
        because: "\(NumberText.text(fraction * 100)) % of the memory bandwidth is used; the limit is 90 %.",
        evidence: .measured)
    }
    guard let rate = situation.run.decodeTokensPerSecond else {
      return .unknown(missing: ["run.bandwidthUtilizationFraction", "run.decodeTokensPerSecond"])
    }
    guard let bytes = situation.bytesPerTokenOfWeights else { return .unknown(missing: ["model.weightBytes"]) }
    guard let bandwidth = situation.machine.memoryBandwidthBytesPerSecond, bandwidth > 0 else {
      return .unknown(missing: ["machine.memoryBandwidthBytesPerSecond"])
    }
    let share = rate * Double(bytes) / bandwidth
    guard share >= 0.6 else { return .quiet }
    return .fires(
      because:
        "\(NumberText.text(rate)) tokens/s read \(ByteText.text(bytes)) each: \(NumberText.text(share * 100)) % of the bandwidth.",
      evidence: .computed)
  }
}
