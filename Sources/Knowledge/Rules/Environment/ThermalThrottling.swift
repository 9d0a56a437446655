import Evidence

/// Heat holds the clock down.
package enum ThermalThrottling: Rule, Measuring {
  package static let card = RuleCard(
    code: "EW652", name: "thermal-throttling", severity: .warning,
    summary: "The clock has fallen since the start of the run, or the processor is at its temperature limit.",
    rationale: """
      Small devices and laptops hold their full clock for seconds to minutes. A clock below 90 % of that at \
      the start, or 95 degrees, marks it. Numbers of a cold start are then not what a user gets.
      """,
    remedies: [
      Remedy(
        steps: [
          "Cool the machine, or let it rest, and measure again for minutes rather than seconds.",
          "Use fewer threads: decoding that waits for memory keeps its rate with less heat.",
          "On a phone or a small board, plan with the sustained rate.",
        ],
        commands: [
          """
          watch -n 1 "cat /sys/class/thermal/thermal_zone*/temp; grep MHz /proc/cpuinfo | head -4"
          """,
          "vcgencmd get_throttled",
          "sudo powermetrics --samplers thermal -n 1",
        ],
        verify: "benchmark/run reports no drift over the run.")
    ],
    citations: [
      "ml-explore/mlx-lm#1009: prefill 20 to 33 % slower when hot",
      "limits of 90 % of the clock and 95 degrees: chosen by Edgewise",
    ])

  package static let examples = [
    RuleExample(.fires, "clock at 70 %") {
      $0.run.clockFraction = 0.7
    },
    RuleExample(.fires, "98 degrees") {
      $0.run.temperatureCelsius = 98
    },
    RuleExample(.quiet, "cool") {
      $0.run.clockFraction = 1
      $0.run.temperatureCelsius = 60
    },
    RuleExample(.unknown, "not measured"),
  ]

  package static func measurements(_ situation: Situation) -> [Measurement] {
    [
      Measurement("run.clockFraction", situation.run.clockFraction, threshold: 0.9),
      Measurement(
        "run.temperatureCelsius", situation.run.temperatureCelsius ?? situation.machine.temperatureCelsius,
        threshold: 95),
    ].compactMap { $0 }
  }

  package static func check(_ situation: Situation) -> Outcome {
    if let fraction = situation.run.clockFraction, fraction < 0.9 {
      return .fires(
        because: "The clock is at \(NumberText.text(fraction * 100)) % of that at the start; the limit is 90 %.",
        evidence: .measured)
    }
    let temperature = situation.run.temperatureCelsius ?? situation.machine.temperatureCelsius
    if let temperature, temperature >= 95 {
      return .fires(
        because: "The processor is at \(NumberText.text(temperature)) degrees Celsius.", evidence: .measured)
    }
    return situation.run.clockFraction == nil && temperature == nil
      ? .unknown(missing: ["run.clockFraction", "run.temperatureCelsius"]) : .quiet
  }
}
