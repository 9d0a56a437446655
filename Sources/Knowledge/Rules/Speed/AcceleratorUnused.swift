import Evidence

/// There is a GPU or NPU, and the CPU does the work.
package enum AcceleratorUnused: Rule, Measuring {
  package static let card = RuleCard(
    code: "EW356", name: "accelerator-unused", severity: .warning,
    summary: "A GPU or NPU is present and is not used.",
    rationale: """
      A program that finds no usable device falls back to the CPU without an error. The reasons in order of \
      frequency: a CPU-only build, no driver in the container, layers not offloaded. For decoding an \
      integrated GPU shares the bandwidth of the CPU: it helps with prompts, hardly with tokens.
      """,
    remedies: [
      Remedy(
        .llamaCpp,
        steps: [
          "List the devices that the build sees.",
          "Install the build or image for the device.",
          "Offload the layers.",
        ],
        commands: [
          "llama-server --list-devices",
          """
          docker run --gpus all -p 8080:8080 -v $PWD:/models ghcr.io/ggml-org/llama.cpp:server-cuda -m \
          /models/{model} --host 0.0.0.0 --port 8080 -ngl all
          """,
          "llama-server -m {model} -ngl all",
        ],
        verify: """
          The log says "offloaded N/N layers to GPU".
          """),
      Remedy(
        .ollama,
        steps: [
          "Look where the model runs.",
          "Read why the device was refused.",
        ],
        commands: [
          "ollama ps",
          """
          journalctl -u ollama --no-pager | grep -i -E "gpu|cuda|rocm|vulkan"
          """,
        ],
        verify: "ollama ps shows 100% GPU."),
      Remedy(
        .openvino,
        steps: [
          "List the devices; give the container the device and the render group."
        ],
        commands: [
          """
          python -c "import openvino as ov; print(ov.Core().available_devices)"
          """,
          """
          docker run --rm --device=/dev/dri --group-add=$(stat -c %g /dev/dri/render* | head -1) \
          openvino/model_server:latest-gpu --help
          """,
        ],
        verify: "GPU or NPU is in the list."),
      Remedy(
        .olive,
        steps: [
          "Install exactly one onnxruntime package, the one of the device."
        ],
        commands: [
          "pip uninstall -y onnxruntime onnxruntime-gpu && pip install onnxruntime-gpu",
          """
          python -c "import onnxruntime as o; print(o.get_available_providers())"
          """,
        ],
        verify: "The provider of the device is in the list."),
    ],
    citations: [
      "ggml-org/llama.cpp common/arg.cpp:2800",
      "ollama/ollama#12353: silent fallback to the CPU",
      "microsoft/onnxruntime#23833",
    ])

  package static let examples = [
    RuleExample(.fires, "no layer offloaded") {
      $0.machine.accelerators = [Situation.Accelerator(.gpu, vendor: "nvidia")]
      $0.run.offloadedLayerCount = 0
    },
    RuleExample(.fires, "an idle GPU") {
      $0.machine.accelerators = [Situation.Accelerator(.gpu, vendor: "nvidia")]
      $0.run.acceleratorUtilizationFraction = 0.01
    },
    RuleExample(.quiet, "no GPU") {
      $0.machine.accelerators = []
    },
    RuleExample(.quiet, "a busy GPU") {
      $0.machine.accelerators = [Situation.Accelerator(.gpu, vendor: "nvidia")]
      $0.run.acceleratorUtilizationFraction = 0.7
    },
    RuleExample(.unknown, "use not known") {
      $0.machine.accelerators = [Situation.Accelerator(.gpu, vendor: "nvidia")]
    },
  ]

  package static func measurements(_ situation: Situation) -> [Measurement] {
    [
      Measurement("run.acceleratorUtilizationFraction", situation.run.acceleratorUtilizationFraction, threshold: 0.05),
      Measurement("run.offloadedLayerCount", situation.run.offloadedLayerCount.map(Double.init), threshold: 0),
    ].compactMap { $0 }
  }

  package static func check(_ situation: Situation) -> Outcome {
    guard let accelerators = situation.machine.accelerators else { return .unknown(missing: ["machine.accelerators"]) }
    guard let device = accelerators.first(where: { $0.kind == .gpu || $0.kind == .npu }) else { return .quiet }
    let name = device.name ?? "\(device.vendor) \(device.kind.rawValue.uppercased())"
    if let layers = situation.run.offloadedLayerCount {
      guard layers == 0 else { return .quiet }
      return .fires(because: "\(name) is present and no layer is offloaded to it.", evidence: .measured)
    }
    guard let fraction = situation.run.acceleratorUtilizationFraction else {
      return .unknown(missing: ["run.acceleratorUtilizationFraction", "run.offloadedLayerCount"])
    }
    guard fraction < 0.05 else { return .quiet }
    return .fires(
      because: "\(name) is present and \(NumberText.text(fraction * 100)) % busy, under 5 %.", evidence: .measured)
  }
}
