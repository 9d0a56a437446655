import Evidence

/// The framework's back end for the accelerator is not finished.
package enum ExperimentalBackend: Rule {
  package static let card = RuleCard(
    code: "EW206", name: "experimental-backend", severity: .hint,
    summary: "The framework's back end for this accelerator is experimental.",
    rationale: """
      Experimental back ends lack operators, fall back silently and change between releases.
      """,
    remedies: [
      Remedy(
        steps: ["Compare with the CPU or another framework before relying on it."],
        verify: "Measure both with benchmark/run or the framework's own benchmark.")
    ],
    citations: ["facts frameworks: maturity of back ends, read from docs"])

  package static let examples = [
    RuleExample(.fires, "llama.cpp on an Intel NPU") {
      $0.software.framework = .llamaCpp
      $0.machine.accelerators = [.init(.npu, vendor: "intel")]
    },
    RuleExample(.quiet, "llama.cpp on an NVIDIA GPU") {
      $0.software.framework = .llamaCpp
      $0.machine.accelerators = [.init(.gpu, vendor: "nvidia")]
    },
    RuleExample(.unknown, "accelerators not looked at") {
      $0.software.framework = .llamaCpp
    },
  ]

  package static func check(_ situation: Situation) -> Outcome {
    guard let framework = situation.software.framework, let record = FrameworkRecord.of(framework) else {
      return .unknown(missing: ["software.framework"])
    }
    guard let accelerators = situation.machine.accelerators else {
      return .unknown(missing: ["machine.accelerators"])
    }
    for accelerator in accelerators {
      guard let backend = record.usableBackend(for: accelerator), backend.maturity == .experimental else { continue }
      return .fires(
        because: "\(record.name)'s \(backend.backend) back end for the \(accelerator.title) is experimental.",
        evidence: .published)
    }
    return .quiet
  }
}
