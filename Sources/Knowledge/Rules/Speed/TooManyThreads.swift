import Evidence

/// More threads than physical or performance cores.
package enum TooManyThreads: Rule, Measuring {
  package static let card = RuleCard(
    code: "EW354", name: "too-many-threads", severity: .warning,
    summary: "There are more threads than physical, on hybrid processors performance, cores.",
    rationale: """
      Two threads of one core share its arithmetic units and its path to memory; on a hybrid processor the \
      slow cores hold up every step because all threads meet at its end. Beyond the bandwidth limit even \
      physical cores do not help.
      """,
    remedies: [
      Remedy(
        .llamaCpp,
        steps: [
          "Set the threads to the physical performance cores, then try fewer.",
          "Pin them.",
        ],
        commands: [
          "llama-bench -m {model} -t 1,2,4,6,8 -p 128 -n 64",
          "llama-server -m {model} -t {performance-cores} -tb {physical-cores}",
          "llama-server -m {model} -C {mask} --cpu-strict 1",
        ],
        verify: """
          llama-bench: the best rate is the one that the server uses; benchmark/run measures the same without \
          llama.cpp.
          """),
      Remedy(
        .ollama,
        steps: [
          "Set num_thread for the model."
        ],
        commands: [
          """
          printf "FROM {model}\\nPARAMETER num_thread {performance-cores}\\n" > Modelfile && ollama create \
          {model}-threads -f Modelfile
          """
        ],
        verify: "ollama run --verbose prints a higher eval rate."),
      Remedy(
        .openvino,
        steps: [
          "Limit the threads to performance cores."
        ],
        commands: [
          """
          python tools/llm_bench/benchmark.py -m out -d CPU -n 2 -ic 128 -p "..."
          """
        ],
        verify: "llm_bench prints a lower second latency with INFERENCE_NUM_THREADS set in its load configuration."),
    ],
    citations: [
      "llama.cpp docs/development/token_generation_performance_tips.md",
      "ggml-org/llama.cpp#12966, #28625 and PR #19260: 3.6 times slower from oversubscription",
    ])

  package static let examples = [
    RuleExample(.fires, "16 threads on 8 cores") {
      $0.run.threads = 16
      $0.machine.physicalCores = 8
    },
    RuleExample(.fires, "8 threads on a hybrid with 4 fast cores") {
      $0.run.threads = 8
      $0.machine.physicalCores = 12
      $0.machine.performanceCores = 4
    },
    RuleExample(.quiet, "as many as cores") {
      $0.run.threads = 8
      $0.machine.physicalCores = 8
    },
    RuleExample(.unknown, "threads not known") {
      $0.machine.physicalCores = 8
    },
  ]

  package static func measurements(_ situation: Situation) -> [Measurement] {
    [
      Measurement(
        "run.threads", situation.run.threads.map(Double.init),
        threshold: (situation.machine.performanceCores ?? situation.machine.physicalCores).map(Double.init))
    ].compactMap { $0 }
  }

  package static func check(_ situation: Situation) -> Outcome {
    guard let threads = situation.run.threads else { return .unknown(missing: ["run.threads"]) }
    guard let cores = situation.machine.performanceCores ?? situation.machine.physicalCores else {
      return .unknown(missing: ["machine.physicalCores"])
    }
    guard threads > cores else { return .quiet }
    let kind = situation.machine.performanceCores == nil ? "physical" : "performance"
    return .fires(because: "\(threads) threads share \(cores) \(kind) cores.", evidence: .computed)
  }
}
