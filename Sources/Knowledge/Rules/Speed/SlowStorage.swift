import Evidence

/// Reading the model from storage takes long.
package enum SlowStorage: Rule, Measuring {
  package static let card = RuleCard(
    code: "EW364", name: "slow-storage", severity: .hint,
    summary: "The first load waits for the storage.",
    rationale: """
      A load reads the whole file once: size / read rate is the least time. The next start is fast while the \
      file is in the page cache; llama.cpp also repacks quantized weights for the CPU, which takes about a \
      second per gigabyte and happens at every start.
      """,
    remedies: [
      Remedy(
        .llamaCpp,
        steps: [
          "Put the model on the fastest local disk, not on a network share.",
          "Keep the server running, or let it sleep instead of ending it.",
          "Take a smaller file.",
        ],
        commands: [
          "dd if={model} of=/dev/null bs=4M iflag=direct status=progress",
          "llama-server -m {model} --sleep-idle-seconds 600",
        ],
        verify: "The second start of the same model is fast: then it is the storage."),
      Remedy(
        .ollama,
        steps: [
          "Keep the model loaded."
        ],
        commands: [
          "OLLAMA_KEEP_ALIVE=24h ollama serve"
        ],
        verify: "ollama run --verbose prints a short load duration."),
      Remedy(
        .openvino,
        steps: [
          "Set CACHE_DIR: the compiled model is kept, which is what this cache is for."
        ],
        verify: "The second start is faster."),
    ],
    citations: [
      "least load seconds = file bytes / read rate (arithmetic)",
      """
      measured with llama.cpp on 2 cores of an AMD EPYC (Zen 3), Llama-3.2-1B shape, November 2026: 1.1 to \
      1.5 s warm start of a quantized 1-billion model
      """,
    ])

  package static let examples = [
    RuleExample(.fires, "20 GB from a disk of 150 MB/s") {
      $0.model.weightBytes = 20_000_000_000
      $0.machine.storageReadBytesPerSecond = 150_000_000
    },
    RuleExample(.fires, "2 GB in 40 s") {
      $0.model.weightBytes = 2_000_000_000
      $0.run.loadSeconds = 40
    },
    RuleExample(.quiet, "1 GB from a fast disk") {
      $0.model.weightBytes = 1_000_000_000
      $0.machine.storageReadBytesPerSecond = 3_000_000_000
    },
    RuleExample(.unknown, "neither rate nor time") {
      $0.model.weightBytes = 1_000_000_000
    },
  ]

  package static func measurements(_ situation: Situation) -> [Measurement] {
    [
      Measurement("run.loadSeconds", situation.run.loadSeconds, threshold: 10)
    ].compactMap { $0 }
  }

  package static func check(_ situation: Situation) -> Outcome {
    guard let bytes = situation.model.weightBytes else { return .unknown(missing: ["model.weightBytes"]) }
    if let rate = situation.machine.storageReadBytesPerSecond, rate > 0 {
      let seconds = Double(bytes) / rate
      guard seconds > 10 else { return .quiet }
      return .fires(
        because: "Reading \(ByteText.text(bytes)) takes \(NumberText.text(seconds)) s at the rate of the storage.",
        evidence: .computed)
    }
    guard let seconds = situation.run.loadSeconds, seconds > 0 else {
      return .unknown(missing: ["machine.storageReadBytesPerSecond", "run.loadSeconds"])
    }
    let rate = Double(bytes) / seconds
    guard seconds > 10, rate < 500e6 else { return .quiet }
    return .fires(
      because: "Loading took \(NumberText.text(seconds)) s, \(NumberText.text(rate / 1e6)) MB/s.", evidence: .measured)
  }
}
