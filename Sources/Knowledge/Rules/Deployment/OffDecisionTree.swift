import Evidence

/// The decision tree ends in another framework.
package enum OffDecisionTree: Rule {
  package static let card = RuleCard(
    code: "EW502", name: "decision-tree", severity: .hint,
    summary: "The decision tree ends in another framework than the chosen one.",
    rationale: """
      Apple silicon: MLX. Intel: OpenVINO with NNCF. One model on many platforms: llama.cpp with GGUF for language models, OpenVINO or Olive for others. Enterprise pipelines: Olive.
      """,
    remedies: [
      Remedy(steps: ["Follow the path that framework/select shows and see which answer differs for you."])
    ],
    citations: ["common selection guides, corrected by facts corrections"])

  package static let examples = [
    RuleExample(.fires, "llama.cpp on an Apple laptop") {
      $0.software.framework = .llamaCpp
      $0.machine.cpuVendor = "apple"
      $0.machine.operatingSystem = .macos
    },
    RuleExample(.quiet, "OpenVINO on an Intel CPU") {
      $0.software.framework = .openvino
      $0.machine.cpuVendor = "intel"
      $0.machine.architecture = .x86_64
    },
    RuleExample(.unknown, "machine not described") {
      $0.software.framework = .mlx
    },
  ]

  package static func check(_ situation: Situation) -> Outcome {
    guard let framework = situation.software.framework else { return .unknown(missing: ["software.framework"]) }
    let rows = PlatformRow.rows(for: situation)
    guard let row = rows.first else { return .unknown(missing: ["machine.architecture", "machine.cpuVendor"]) }
    let vendorChoice: Framework? =
      if row.id.hasPrefix("apple") { .mlx } else if row.id.hasPrefix("intel") { .openvino } else { nil }
    guard let vendorChoice, vendorChoice != framework, let record = FrameworkRecord.of(vendorChoice) else {
      return .quiet
    }
    return .fires(because: "For \(row.name) the tree ends in \(record.name).", evidence: .published)
  }
}
