import Evidence

/// The device's kernels are best for other formats than the chosen one.
package enum DevicePrefersFormat: Rule {
  package static let card = RuleCard(
    code: "EW303", name: "device-prefers-format", severity: .hint,
    summary: "The device's back end is tuned for another format.",
    rationale: """
      Back ends for Adreno, Hexagon, Intel GPUs through SYCL and Intel NPUs have their fastest kernels for Q4_0; Intel's NPU wants symmetric int4.
      """,
    remedies: [
      Remedy(
        .llamaCpp, steps: ["Take the format that quantization/advise names for the device."],
        commands: [#"llama-quantize --imatrix imatrix.gguf model-bf16.gguf model-Q4_0.gguf Q4_0"#])
    ],
    citations: ["llama.cpp 0.5.0-dev docs/backend/OPENCL.md, SYCL.md, OPENVINO.md"])

  package static let examples = [
    RuleExample(.fires, "Q4_K_M on Adreno") {
      $0.software.framework = .llamaCpp
      $0.model.quantization = "Q4_K_M"
      $0.machine.accelerators = [.init(.gpu, vendor: "qualcomm")]
    },
    RuleExample(.quiet, "Q4_0 on Adreno") {
      $0.software.framework = .llamaCpp
      $0.model.quantization = "Q4_0"
      $0.machine.accelerators = [.init(.gpu, vendor: "qualcomm")]
    },
    RuleExample(.quiet, "Q4_K_M on NVIDIA") {
      $0.software.framework = .llamaCpp
      $0.model.quantization = "Q4_K_M"
      $0.machine.accelerators = [.init(.gpu, vendor: "nvidia")]
    },
    RuleExample(.unknown, "accelerators not looked at") {
      $0.software.framework = .llamaCpp
      $0.model.quantization = "Q4_K_M"
    },
  ]

  package static func check(_ situation: Situation) -> Outcome {
    guard let framework = situation.software.framework else { return .unknown(missing: ["software.framework"]) }
    guard let name = situation.model.quantization else { return .unknown(missing: ["model.quantization"]) }
    guard let accelerators = situation.machine.accelerators else {
      return .unknown(missing: ["machine.accelerators"])
    }
    for accelerator in accelerators {
      let device = "\(accelerator.vendor)-\(accelerator.kind.rawValue)"
      let preferred = QuantizationRecord.catalogue.records.filter {
        $0.framework == framework && $0.preferredOn?.contains(device) == true
      }
      guard !preferred.isEmpty, !preferred.contains(where: { $0.name == name }) else { continue }
      let names = preferred.map(\.name).joined(separator: " or ")
      return .fires(because: "The \(accelerator.title) is fastest with \(names).", evidence: .published)
    }
    return .quiet
  }
}
