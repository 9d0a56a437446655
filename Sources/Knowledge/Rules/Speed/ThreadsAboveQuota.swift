import Evidence

/// More threads than the container may use cores.
package enum ThreadsAboveQuota: Rule, Measuring {
  package static let card = RuleCard(
    code: "EW355", name: "threads-above-quota", severity: .error,
    summary: "The container may use fewer cores than there are threads.",
    rationale: """
      Programs count the cores of the machine, not the quota of their control group. When the quota of a \
      period (usually 100 ms) is used up all threads stand still until the next: with a barrier at every layer \
      the speed falls far below the quota's share.
      """,
    remedies: [
      Remedy(
        .llamaCpp,
        steps: [
          "Set the threads to the quota, rounded down."
        ],
        commands: [
          "cat /sys/fs/cgroup/cpu.max",
          "llama-server -m {model} -t {quota}",
        ],
        verify: "nr_throttled in /sys/fs/cgroup/cpu.stat no longer grows during generation."),
      Remedy(
        steps: [
          "Set the threads to the quota, or raise the quota, or give whole cores instead of a quota."
        ],
        commands: [
          "cat /sys/fs/cgroup/cpu.max",
          "docker update --cpus 4 {container}",
          "docker update --cpuset-cpus 0-3 {container}",
        ],
        verify: "nr_throttled in /sys/fs/cgroup/cpu.stat no longer grows during generation."),
    ],
    citations: [
      "Linux kernel documentation, admin-guide/cgroup-v2: cpu.max, cpu.stat"
    ])

  package static let examples = [
    RuleExample(.fires, "16 threads, quota of 4") {
      $0.run.threads = 16
      $0.machine.cpuQuotaCores = 4
    },
    RuleExample(.quiet, "4 threads, quota of 4") {
      $0.run.threads = 4
      $0.machine.cpuQuotaCores = 4
    },
    RuleExample(.unknown, "no quota known") {
      $0.run.threads = 16
    },
  ]

  package static func measurements(_ situation: Situation) -> [Measurement] {
    [
      Measurement("run.threads", situation.run.threads.map(Double.init), threshold: situation.machine.cpuQuotaCores)
    ].compactMap { $0 }
  }

  package static func check(_ situation: Situation) -> Outcome {
    guard let quota = situation.machine.cpuQuotaCores else { return .unknown(missing: ["machine.cpuQuotaCores"]) }
    guard let threads = situation.run.threads else { return .unknown(missing: ["run.threads"]) }
    guard Double(threads) > quota else { return .quiet }
    return .fires(
      because: "\(threads) threads share a quota of \(NumberText.text(quota)) cores.", evidence: .computed)
  }
}
