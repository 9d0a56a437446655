import Evidence

/// Weights are read from storage again and again while the model runs.
package enum PagesFromStorage: Rule, Measuring {
  package static let card = RuleCard(
    code: "EW151", name: "pages-from-storage", severity: .warning,
    summary: "Pages of the model or of swap are read from storage while it generates.",
    rationale: """
      llama.cpp, Ollama and llamafile map the file: what does not stay in memory is read again for every \
      token, so the speed is that of the storage and the program looks healthy with an idle processor. Above \
      100 major page faults or 1 MiB of swap traffic a second this is no start-up effect. More threads or \
      another framework do not help.
      """,
    remedies: [
      Remedy(
        .llamaCpp,
        steps: [
          """
          Take a format with fewer bits per weight, until weights, key-value cache and 1 GiB fit into the \
          free memory.
          """,
          "Shorten the context or store the cache in 8 bits.",
          "For a mixture of experts, leave the experts in main memory and the rest on the GPU.",
          "Once it fits, lock it so that it stays.",
        ],
        commands: [
          "llama-server -m {model} -c 4096 -fa on -ctk q8_0 -ctv q8_0",
          "llama-server -m {model} --cpu-moe",
          "llama-server -m {model} --load-mode mlock",
        ],
        verify: """
          vmstat 1: the columns si, so and bi stay near 0 during generation; diagnosis/explain with the new \
          majorPageFaultsPerSecond is quiet about EW151.
          """),
      Remedy(
        steps: [
          "Free memory: end other programs, lower the number of models kept loaded.",
          "Take a smaller model.",
        ],
        verify: "advice/recommend says that weights and cache fit into the usable memory."),
    ],
    citations: [
      "ollama/ollama#3054, ggml-org/llama.cpp#864, abetlen/llama-cpp-python#603: slow runs that were paging",
      "limits of 100 faults and 1 MiB a second: chosen by Edgewise, well above what a settled run shows",
    ])

  package static let examples = [
    RuleExample(.fires, "a mapped model larger than memory") {
      $0.run.majorPageFaultsPerSecond = 4_000
    },
    RuleExample(.fires, "swap in use") {
      $0.run.swapBytesPerSecond = 30_000_000
    },
    RuleExample(.quiet, "a settled run") {
      $0.run.majorPageFaultsPerSecond = 0.2
      $0.run.swapBytesPerSecond = 0
    },
    RuleExample(.unknown, "no counters"),
  ]

  package static func measurements(_ situation: Situation) -> [Measurement] {
    [
      Measurement("run.majorPageFaultsPerSecond", situation.run.majorPageFaultsPerSecond, threshold: 100),
      Measurement("run.swapBytesPerSecond", situation.run.swapBytesPerSecond, threshold: 1_048_576),
    ].compactMap { $0 }
  }

  package static func check(_ situation: Situation) -> Outcome {
    let faults = situation.run.majorPageFaultsPerSecond
    let swap = situation.run.swapBytesPerSecond
    if let faults, faults > 100 {
      return .fires(
        because: "\(NumberText.text(faults)) major page faults a second: pages are read from storage while it runs.",
        evidence: .measured)
    }
    if let swap, swap > 1_048_576 {
      return .fires(
        because: "\(NumberText.text(swap / 1e6)) MB a second go to or come from swap while it runs.",
        evidence: .measured)
    }
    if faults == nil, swap == nil {
      return .unknown(missing: ["run.majorPageFaultsPerSecond", "run.swapBytesPerSecond"])
    }
    return .quiet
  }
}
