import Evidence

/// The installed build knows no accelerator.
package enum ProcessorOnlyBuild: Rule {
  package static let card = RuleCard(
    code: "EW358", name: "processor-only-build", severity: .warning,
    summary: "The installed build has no support for the accelerator.",
    rationale: """
      The plain packages of llama.cpp, llama-cpp-python and ONNX Runtime are for the CPU; options for the GPU \
      are then ignored with a warning at most.
      """,
    remedies: [
      Remedy(
        .llamaCpp,
        steps: [
          "Install the archive or image of the device, or build with its switch."
        ],
        commands: [
          "cmake -B build -DGGML_VULKAN=ON && cmake --build build --config Release -j",
          """
          CMAKE_ARGS="-DGGML_CUDA=on" pip install --force-reinstall --no-cache-dir llama-cpp-python
          """,
          "build/bin/llama-server --list-devices",
        ],
        verify: "--list-devices names the device."),
      Remedy(
        .olive,
        steps: [
          "Uninstall all onnxruntime packages and install exactly one."
        ],
        commands: [
          """
          pip uninstall -y onnxruntime onnxruntime-gpu onnxruntime-qnn onnxruntime-directml && pip install \
          onnxruntime-gpu
          """
        ],
        verify: "get_available_providers() names the device."),
    ],
    citations: [
      "ggml-org/llama.cpp common/arg.cpp:2800, docs/build.md",
      "microsoft/onnxruntime#23833",
    ])

  package static let examples = [
    RuleExample(.fires, "the warning of llama.cpp") {
      $0.run.messages = ["lcp-nogpu"]
    },
    RuleExample(.quiet, "a log without it") {
      $0.run.messages = []
    },
    RuleExample(.unknown, "no log"),
  ]

  package static func check(_ situation: Situation) -> Outcome {
    guard situation.run.messages != nil else { return .unknown(missing: ["run.messages"]) }
    let seen = situation.messages(among: [
      "lcp-nogpu",
      "ort-ep-unavailable",
    ])
    guard !seen.isEmpty else { return .quiet }
    return .fires(because: "The log has \(seen.joined(separator: ", ")).", evidence: .published)
  }
}
