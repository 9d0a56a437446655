import Evidence

/// The machine saves power.
package enum PowerSaving: Rule {
  package static let card = RuleCard(
    code: "EW651", name: "power-saving", severity: .warning,
    summary: "The machine runs on battery or its governor holds the clock down.",
    rationale: """
      On battery or with the powersave governor the clock may stay at a fraction. With intel_pstate in active \
      mode "powersave" is the normal name of a governor that does raise the clock: compare clocks before \
      blaming it.
      """,
    remedies: [
      Remedy(
        steps: [
          "Plug the machine in.",
          "Choose the performance governor or profile while you measure.",
        ],
        commands: [
          "cat /sys/devices/system/cpu/cpu0/cpufreq/scaling_governor",
          "sudo cpupower frequency-set -g performance",
          "powerprofilesctl set performance",
          "sudo nvpmodel -m 0 && sudo jetson_clocks",
        ],
        verify: "grep MHz /proc/cpuinfo under load shows the higher clock; benchmark/run is faster.")
    ],
    citations: [
      "Linux kernel documentation, admin-guide/pm/cpufreq and intel_pstate"
    ])

  package static let examples = [
    RuleExample(.fires, "on battery") {
      $0.machine.powerSource = .battery
    },
    RuleExample(.fires, "powersave governor") {
      $0.machine.frequencyGovernor = "powersave"
    },
    RuleExample(.quiet, "plugged in, performance") {
      $0.machine.powerSource = .mains
      $0.machine.frequencyGovernor = "performance"
    },
    RuleExample(.unknown, "not looked at"),
  ]

  package static func check(_ situation: Situation) -> Outcome {
    if situation.machine.powerSource == .battery {
      return .fires(because: "The machine runs on battery.", evidence: .measured)
    }
    if let governor = situation.machine.frequencyGovernor {
      guard governor == "powersave" || governor == "conservative" else { return .quiet }
      return .fires(because: "The frequency governor is \(governor).", evidence: .measured)
    }
    return situation.machine.powerSource == nil
      ? .unknown(missing: ["machine.frequencyGovernor", "machine.powerSource"]) : .quiet
  }
}
