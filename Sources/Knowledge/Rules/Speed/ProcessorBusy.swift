import Evidence

/// The processor is used over 80 %.
package enum ProcessorBusy: Rule, Measuring {
  package static let card = RuleCard(
    code: "EW352", name: "processor-busy", severity: .warning,
    summary: "The processor is more than 80 % busy and nothing shows that it only waits for memory.",
    rationale: """
      Over 80 % counts as processor-bound, which holds for prefill, for a batch of many requests and for other \
      programs on the machine. For decoding one stream it proves nothing: cores that wait for memory count as \
      busy. Know the share of the bandwidth before adding processors; "more CPU first" rarely helps a single \
      stream on an edge device.
      """,
    remedies: [
      Remedy(
        .llamaCpp,
        steps: [
          "Tell the two apart: if fewer threads decode as fast, it is the memory.",
          "Use a build for this CPU, with its instruction sets.",
          "Keep long prompts short, or share their beginning.",
        ],
        commands: [
          "llama-bench -m {model} -t 1,2,4,8 -p 512 -n 64",
          "cmake -B build -DGGML_NATIVE=ON && cmake --build build --config Release -j",
        ],
        verify: """
          llama-bench: pp512 rises with threads, tg64 up to the knee; hardware/assess with "measure": true \
          gives the bandwidth to compare with.
          """),
      Remedy(
        .openvino,
        steps: [
          "Use one inference stream and the latency hint for one user."
        ],
        verify: "The processor use falls at the same rate."),
      Remedy(
        steps: [
          "Measure the share of the bandwidth.",
          "End other programs.",
        ],
        commands: [
          "top -b -n 1 | head -15"
        ],
        verify: "diagnosis/explain with bandwidthUtilizationFraction decides between EW351 and EW352."),
    ],
    citations: [
      "threshold of the profiler: processor use over 80 %",
      "decode rate = bandwidth / (active weight bytes + cache bytes read per token) (arithmetic)",
    ])

  package static let examples = [
    RuleExample(.fires, "85 % busy") {
      $0.run.cpuUtilizationFraction = 0.85
    },
    RuleExample(.quiet, "exactly 80 %") {
      $0.run.cpuUtilizationFraction = 0.8
    },
    RuleExample(.quiet, "busy with waiting for memory") {
      $0.run.cpuUtilizationFraction = 1
      $0.run.bandwidthUtilizationFraction = 0.95
    },
    RuleExample(.unknown, "not measured"),
  ]

  package static func measurements(_ situation: Situation) -> [Measurement] {
    [
      Measurement("run.cpuUtilizationFraction", situation.run.cpuUtilizationFraction, threshold: 0.8),
      Measurement("run.bandwidthUtilizationFraction", situation.run.bandwidthUtilizationFraction, threshold: 0.9),
    ].compactMap { $0 }
  }

  package static func check(_ situation: Situation) -> Outcome {
    guard let fraction = situation.run.cpuUtilizationFraction else {
      return .unknown(missing: ["run.cpuUtilizationFraction"])
    }
    guard fraction > 0.8 else { return .quiet }
    let percent = NumberText.text(fraction * 100)
    switch BandwidthBoundDecode.check(situation) {
    case .fires: return .quiet
    case .quiet:
      return .fires(
        because: "The processor is \(percent) % busy, over 80 %, and the bandwidth is not used up.", evidence: .measured
      )
    case .unknown:
      return .fires(
        because: "The processor is \(percent) % busy, over 80 %; whether it computes or waits for memory is not known.",
        evidence: .assumed)
    }
  }
}
