import Evidence

/// The driver of the accelerator is missing or does not fit.
package enum DriverMissing: Rule {
  package static let card = RuleCard(
    code: "EW654", name: "driver-missing", severity: .error,
    summary: "The driver of an accelerator is missing, too old, or not visible to the program.",
    rationale: """
      The device is there, but the program cannot open it: no driver, a driver older than the library wants, a \
      container without the device files, or a user outside the group that may open them.
      """,
    remedies: [
      Remedy(
        steps: [
          "Look whether the system sees the device and its driver.",
          "Add the user to the groups of the device.",
          "Give the container the device.",
        ],
        commands: [
          "nvidia-smi",
          "ls -l /dev/dri /dev/accel",
          "sudo usermod -aG render,video $USER",
          "docker run --rm --gpus all nvidia/cuda:12.8.0-base-ubuntu24.04 nvidia-smi",
          """
          docker run --rm --device=/dev/dri --device=/dev/accel --group-add=$(stat -c %g /dev/dri/render* | \
          head -1) {image}
          """,
        ],
        verify: "hardware/assess lists the accelerator with its driver."),
      Remedy(
        .openvino,
        steps: [
          "List the devices; for an NPU load intel_vpu and install the driver package."
        ],
        commands: [
          """
          python -c "import openvino as ov; print(ov.Core().available_devices)"
          """,
          "sudo modprobe intel_vpu && ls /dev/accel",
        ],
        verify: "The device is in the list."),
      Remedy(
        .llamaCpp,
        steps: [
          "List the devices that the build sees."
        ],
        commands: [
          "llama-server --list-devices"
        ],
        verify: "The device is in the list."),
    ],
    citations: [
      "openvinotoolkit/openvino#29505, #24496",
      "OpenVINO Model Server docs/accelerators.md",
      "microsoft/onnxruntime#21684",
    ])

  package static let examples = [
    RuleExample(.fires, "the log says so") {
      $0.run.messages = ["ov-no-npu"]
    },
    RuleExample(.fires, "a device without driver") {
      $0.machine.accelerators = [Situation.Accelerator(.npu, vendor: "intel", hasDriver: false)]
    },
    RuleExample(.quiet, "with driver") {
      $0.machine.accelerators = [Situation.Accelerator(.npu, vendor: "intel", hasDriver: true)]
      $0.run.messages = []
    },
    RuleExample(.unknown, "not looked at"),
  ]

  package static func check(_ situation: Situation) -> Outcome {
    let seen = situation.messages(among: [
      "lcp-cuda-nodevice",
      "lcp-cuda-nokernel",
      "lcp-sycl-lib",
      "mlx-nometal",
      "ollama-jetson",
      "ollama-suspend",
      "ort-cuda-lib",
      "ov-device-unreg",
      "ov-gpu-docker",
      "ov-no-npu",
      "ov-npu-driver-old",
    ])
    if !seen.isEmpty { return .fires(because: "The log has \(seen.joined(separator: ", ")).", evidence: .published) }
    guard let accelerators = situation.machine.accelerators else { return .unknown(missing: ["machine.accelerators"]) }
    if let device = accelerators.first(where: { $0.hasDriver == false }) {
      return .fires(
        because: "\(device.name ?? "\(device.vendor) \(device.kind.rawValue.uppercased())") has no driver.",
        evidence: .measured)
    }
    return .quiet
  }
}
