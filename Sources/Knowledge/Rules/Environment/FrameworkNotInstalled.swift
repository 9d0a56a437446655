import Evidence

/// The chosen framework is not installed.
package enum FrameworkNotInstalled: Rule {
  package static let card = RuleCard(
    code: "EW602", name: "framework-installed", severity: .information,
    summary: "The framework is not installed on this machine.",
    rationale: """
      An installed framework can be tried at once; another costs a download, a build or an environment of its own.
      """,
    remedies: [
      Remedy(
        steps: ["Install it with the commands that framework/select gives."],
        verify: "hardware/assess lists it among the toolchains.")
    ],
    citations: ["the machine's own list of toolchains"])

  package static let examples = [
    RuleExample(.fires, "nothing installed") {
      $0.software.framework = .llamaCpp
      $0.software.toolchains = []
    },
    RuleExample(.quiet, "llama.cpp installed") {
      $0.software.framework = .llamaCpp
      $0.software.toolchains = [.init(name: "llama.cpp")]
    },
    RuleExample(.unknown, "not looked for") {
      $0.software.framework = .llamaCpp
    },
  ]

  package static func check(_ situation: Situation) -> Outcome {
    guard let framework = situation.software.framework, let record = FrameworkRecord.of(framework) else {
      return .unknown(missing: ["software.framework"])
    }
    guard let toolchains = situation.software.toolchains else {
      return .unknown(missing: ["software.toolchains"])
    }
    guard !toolchains.contains(where: { framework.isToolchain($0.name) }) else { return .quiet }
    return .fires(because: "\(record.name) was not found on this machine.", evidence: .measured)
  }
}
