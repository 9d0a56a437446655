import Evidence

/// The control group, not the machine, runs out of memory.
package enum ContainerMemoryLimit: Rule {
  package static let card = RuleCard(
    code: "EW155", name: "container-memory-limit", severity: .error,
    summary: "The memory limit of the container or service is below what the run needs.",
    rationale: """
      The kernel ends the largest process of a control group that reaches its limit, although the machine has \
      memory left; the program itself logs nothing. The counter memory.current includes the file cache, which \
      a mapped model fills: that part is given back on demand and is no sign of trouble.
      """,
    remedies: [
      Remedy(
        steps: [
          "Find out whether the limit was reached.",
          "Raise the limit to weights + key-value cache + about 1 GiB.",
          "Or lower context and bits per weight until it fits.",
        ],
        commands: [
          "cat /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory.events",
          "docker update --memory 8g --memory-swap 8g {container}",
          """
          kubectl describe pod {pod} | grep -A3 "Last State"
          """,
          "systemctl set-property {service} MemoryMax=8G",
        ],
        verify: "The counter oom_kill in /sys/fs/cgroup/memory.events no longer grows under load.")
    ],
    citations: [
      "ollama/ollama#15474: memory.current includes page cache",
      "Linux kernel documentation, admin-guide/cgroup-v2: memory.max, memory.events",
      "OpenVINO Model Server docs/troubleshooting.md: OOMKilled",
    ])

  package static let examples = [
    RuleExample(.fires, "the kernel says so") {
      $0.run.messages = ["any-oom-killer-cgroup"]
    },
    RuleExample(.fires, "5 GB of weights under a limit of 4 GB") {
      $0.machine.memoryLimitBytes = 4_000_000_000
      $0.model.weightBytes = 5_000_000_000
    },
    RuleExample(.quiet, "a limit with room") {
      $0.machine.memoryLimitBytes = 8_000_000_000
      $0.model.weightBytes = 1_000_000_000
    },
    RuleExample(.unknown, "no limit known") {
      $0.model.weightBytes = 5_000_000_000
    },
  ]

  package static func check(_ situation: Situation) -> Outcome {
    let seen = situation.messages(among: ["any-oom-killer-cgroup", "ovms-oomkilled"])
    if !seen.isEmpty {
      return .fires(because: "The log has \(seen.joined(separator: ", ")).", evidence: .published)
    }
    guard let limit = situation.machine.memoryLimitBytes else { return .unknown(missing: ["machine.memoryLimitBytes"]) }
    let weightsAndCache = situation.model.weightBytes.map {
      $0.addingReportingOverflow(situation.keyValueCacheBytes ?? 0)
    }
    guard let need = situation.run.memoryBytes ?? weightsAndCache?.partialValue else {
      return .unknown(missing: ["model.weightBytes", "run.memoryBytes"])
    }
    guard need > limit else { return .quiet }
    return .fires(
      because: "The run needs \(ByteText.text(need)), the control group allows \(ByteText.text(limit)).",
      evidence: .computed)
  }
}
