import Evidence

/// The chosen framework is not among those for the hardware.
package enum OutsidePlatformMatrix: Rule {
  package static let card = RuleCard(
    code: "EW501", name: "platform-matrix", severity: .hint,
    summary: "The platform matrix names other frameworks first for this hardware.",
    rationale: """
      Vendors tune their own stack first; the matrix lists, per kind of hardware, which frameworks have mature kernels for it.
      """,
    remedies: [
      Remedy(
        steps: ["Compare with the first choice of the matrix; framework/select names it and its commands."],
        verify: "Measure both.")
    ],
    citations: ["facts platformRows"])

  package static let examples = [
    RuleExample(.fires, "Olive on an Apple laptop") {
      $0.software.framework = .olive
      $0.machine.cpuVendor = "apple"
      $0.machine.operatingSystem = .macos
    },
    RuleExample(.quiet, "MLX on an Apple laptop") {
      $0.software.framework = .mlx
      $0.machine.cpuVendor = "apple"
      $0.machine.operatingSystem = .macos
    },
    RuleExample(.unknown, "machine not described") {
      $0.software.framework = .mlx
    },
  ]

  package static func check(_ situation: Situation) -> Outcome {
    guard let framework = situation.software.framework else { return .unknown(missing: ["software.framework"]) }
    let rows = PlatformRow.rows(for: situation)
    guard let row = rows.first else { return .unknown(missing: ["machine.architecture", "machine.cpuVendor"]) }
    guard !row.current.contains(framework) else { return .quiet }
    let order = row.current.compactMap { FrameworkRecord.of($0)?.name }.joined(separator: ", then ")
    return .fires(because: "For \(row.name): \(order). \(row.because)", evidence: .published)
  }
}
