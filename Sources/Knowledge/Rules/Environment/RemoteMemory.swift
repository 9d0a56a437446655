import Evidence

/// Threads read weights from the memory of another node.
package enum RemoteMemory: Rule {
  package static let card = RuleCard(
    code: "EW653", name: "remote-memory", severity: .hint,
    summary: "The machine has several memory nodes: threads may read weights from the far one.",
    rationale: """
      Pages of the model lie on the node whose processor touched them first. Threads on the other node read \
      through the link between them. Spreading pages evenly, or staying on one node when the model fits there, \
      has brought up to 80 %.
      """,
    remedies: [
      Remedy(
        .llamaCpp,
        steps: [
          "Drop the cached pages and start with an even distribution.",
          "Or stay on one node.",
        ],
        commands: [
          "numactl --hardware",
          "echo 3 | sudo tee /proc/sys/vm/drop_caches && llama-server -m {model} --numa distribute",
          "numactl --cpunodebind=0 --membind=0 llama-server -m {model} --numa numactl",
        ],
        verify: "llama-bench --numa distribute is faster than without.")
    ],
    citations: [
      "ggml-org/llama.cpp#11744: up to 80 % from page placement",
      "ik_llama.cpp#534",
    ])

  package static let examples = [
    RuleExample(.fires, "two nodes") {
      $0.machine.numaNodeCount = 2
    },
    RuleExample(.quiet, "one node") {
      $0.machine.numaNodeCount = 1
    },
    RuleExample(.unknown, "not looked at"),
  ]

  package static func check(_ situation: Situation) -> Outcome {
    guard let nodes = situation.machine.numaNodeCount else { return .unknown(missing: ["machine.numaNodeCount"]) }
    guard nodes > 1 else { return .quiet }
    return .fires(because: "The machine has \(nodes) memory nodes.", evidence: .computed)
  }
}
