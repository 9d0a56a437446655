import Evidence

/// Advice that is commonly given for this hardware no longer holds.
package enum OutdatedAdvice: Rule {
  package static let card = RuleCard(
    code: "EW603", name: "outdated-advice", severity: .information,
    summary: "Advice that is commonly given for this hardware does not hold with current versions.",
    rationale: """
      Guides outlive the releases that they were written for; each correction names what is commonly advised, what holds now and since which version.
      """,
    remedies: [
      Remedy(steps: ["Follow the current facts; the correction names their source."])
    ],
    citations: ["facts corrections"])

  package static let examples = [
    RuleExample(.fires, "OpenVINO for an NVIDIA GPU") {
      $0.machine.accelerators = [.init(.gpu, vendor: "nvidia")]
      $0.machine.architecture = .x86_64
    },
    RuleExample(.quiet, "an Apple laptop") {
      $0.machine.cpuVendor = "apple"
    },
    RuleExample(.unknown, "machine not described"),
  ]

  package static func check(_ situation: Situation) -> Outcome {
    let rows = PlatformRow.rows(for: situation)
    guard let row = rows.first else { return .unknown(missing: ["machine.architecture", "machine.cpuVendor"]) }
    guard let id = row.correction, let correction = Correction.catalogue.record(id) else { return .quiet }
    return .fires(because: correction.sentence, evidence: .published)
  }
}
