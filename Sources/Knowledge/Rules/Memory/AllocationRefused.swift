import Evidence

/// The system refused a memory request.
package enum AllocationRefused: Rule {
  package static let card = RuleCard(
    code: "EW156", name: "allocation-refused", severity: .error,
    summary: "A request for main memory was refused, or the process was ended for want of memory.",
    rationale: """
      The size of the refused request tells which part is too large: a request near the size of the weights is \
      the model, one that grows with the context is the key-value cache, and one that grows with the batch or, \
      without flash attention, with context x batch is the compute buffer.
      """,
    remedies: [
      Remedy(
        .llamaCpp,
        steps: [
          "Ask for a smaller context.",
          "Lower the physical batch and keep flash attention on, which shrink the compute buffer.",
          "Take fewer bits per weight.",
        ],
        commands: [
          "llama-server -m {model} -c 4096 --parallel 1",
          "llama-server -m {model} -c 4096 -ub 256 -fa on",
        ],
        verify: "The program starts and logs its buffer sizes; their sum is under the free memory."),
      Remedy(
        .ollama,
        steps: [
          "Lower the context and unload other models."
        ],
        commands: [
          "OLLAMA_CONTEXT_LENGTH=4096 OLLAMA_MAX_LOADED_MODELS=1 ollama serve"
        ],
        verify: "ollama run answers; ollama ps shows the size."),
      Remedy(
        steps: [
          "Shorten the context, take fewer bits per weight, or a smaller model.",
          "For conversions, which need several times the memory of a run, add swap or use a larger machine.",
        ],
        verify: "The same command ends without the message; advice/recommend says that it fits."),
    ],
    citations: [
      """
      compute buffer about 4 x batch x (vocabulary + width), without flash attention also 4 x heads x \
      context x batch bytes: agrees with the 258.50 MiB that llama.cpp logs for Llama-3-8B at a batch of 512
      """,
      "ggml-org/llama.cpp#8101: a context of 1,048,576 asked for 137 GB",
    ])

  package static let examples = [
    RuleExample(.fires, "a 16 GiB buffer refused") {
      $0.run.failedAllocationBytes = 17_752_270_848
    },
    RuleExample(.fires, "the kernel ended it") {
      $0.run.messages = ["any-oom-killer"]
    },
    RuleExample(.quiet, "a log without such a line") {
      $0.run.messages = []
    },
    RuleExample(.unknown, "no log"),
  ]

  package static func check(_ situation: Situation) -> Outcome {
    if let bytes = situation.run.failedAllocationBytes {
      let usable = situation.machine.usableMemoryBytes.map { ", of \(ByteText.text($0)) usable" } ?? ""
      return .fires(because: "A request for \(ByteText.text(bytes)) was refused\(usable).", evidence: .measured)
    }

    guard situation.run.messages != nil else {
      return .unknown(missing: ["run.failedAllocationBytes", "run.messages"])
    }
    let seen = situation.messages(among: [
      "any-bad-alloc",
      "any-oom-killer",
      "lcp-compute-pp",
      "lcp-kv-alloc",
      "lcp-mmap",
      "ollama-mem",
    ])
    guard !seen.isEmpty else { return .quiet }
    return .fires(because: "The log has \(seen.joined(separator: ", ")).", evidence: .published)
  }
}
