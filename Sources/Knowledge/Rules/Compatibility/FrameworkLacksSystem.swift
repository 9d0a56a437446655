import Evidence

/// The chosen framework has no build for the machine's system.
package enum FrameworkLacksSystem: Rule {
  package static let card = RuleCard(
    code: "EW201", name: "framework-lacks-system", severity: .error,
    summary: "The framework has no build for this operating system and architecture.",
    rationale: """
      A framework that is not built for the system cannot be installed there, whatever its merits elsewhere.
      """,
    remedies: [
      Remedy(
        steps: ["Take a framework whose systems include yours; framework/select lists them."],
        verify: "framework/select no longer rules the framework out.")
    ],
    citations: ["facts frameworks: systems, read from wheels and build documents"])

  package static let examples = [
    RuleExample(.fires, "MLX on Windows") {
      $0.software.framework = .mlx
      $0.machine.operatingSystem = .windows
      $0.machine.architecture = .x86_64
    },
    RuleExample(.quiet, "llama.cpp on Linux") {
      $0.software.framework = .llamaCpp
      $0.machine.operatingSystem = .linux
      $0.machine.architecture = .arm64
    },
    RuleExample(.unknown, "no system named") {
      $0.software.framework = .llamaCpp
    },
  ]

  package static func check(_ situation: Situation) -> Outcome {
    guard let framework = situation.software.framework, let record = FrameworkRecord.of(framework) else {
      return .unknown(missing: ["software.framework"])
    }
    guard let runs = record.runs(on: situation.machine) else { return .unknown(missing: ["machine.operatingSystem"]) }
    guard !runs else { return .quiet }
    let system = situation.machine.operatingSystem?.rawValue ?? "this system"
    let architecture = situation.machine.architecture.map { " on \($0.rawValue)" } ?? ""
    return .fires(because: "\(record.name) has no build for \(system)\(architecture).", evidence: .published)
  }
}
