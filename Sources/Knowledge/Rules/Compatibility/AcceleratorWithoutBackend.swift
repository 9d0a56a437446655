import Evidence

/// The machine has an accelerator that the chosen framework cannot use.
package enum AcceleratorWithoutBackend: Rule {
  package static let card = RuleCard(
    code: "EW202", name: "accelerator-without-backend", severity: .warning,
    summary: "The framework has no back end for an accelerator of this machine.",
    rationale: """
      Work falls back to the CPU, or, where the framework has no CPU path, does not start.
      """,
    remedies: [
      Remedy(
        steps: [
          "Take a framework with a back end for the accelerator.", "Accept the CPU, if its memory bandwidth is enough.",
        ], verify: "hardware/assess shows the accelerator and framework/select names its back end.")
    ],
    citations: ["facts frameworks: accelerators, read from plugin and provider lists"])

  package static let examples = [
    RuleExample(.fires, "OpenVINO beside an NVIDIA GPU") {
      $0.software.framework = .openvino
      $0.machine.accelerators = [.init(.gpu, vendor: "nvidia")]
    },
    RuleExample(.fires, "a GPU too old for vLLM") {
      $0.software.framework = .vllm
      $0.machine.accelerators = [.init(.gpu, vendor: "nvidia", computeCapability: 5.2)]
    },
    RuleExample(.quiet, "llama.cpp beside an NVIDIA GPU") {
      $0.software.framework = .llamaCpp
      $0.machine.accelerators = [.init(.gpu, vendor: "nvidia")]
    },
    RuleExample(.quiet, "no accelerator") {
      $0.software.framework = .openvino
      $0.machine.accelerators = []
    },
    RuleExample(.unknown, "accelerators not looked at") {
      $0.software.framework = .openvino
    },
  ]

  package static func check(_ situation: Situation) -> Outcome {
    guard let framework = situation.software.framework, let record = FrameworkRecord.of(framework) else {
      return .unknown(missing: ["software.framework"])
    }
    guard let accelerators = situation.machine.accelerators else {
      return .unknown(missing: ["machine.accelerators"])
    }
    guard let unused = accelerators.first(where: { record.usableBackend(for: $0) == nil }) else { return .quiet }
    let rest = record.runsOnCPU ? "it would use the CPU." : "and it has no CPU path."
    return .fires(
      because: "\(record.name) has no back end for the \(unused.title); \(rest)", evidence: .published)
  }
}
