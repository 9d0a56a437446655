import Evidence

/// Packages that exclude each other share an environment.
package enum MixedVersions: Rule {
  package static let card = RuleCard(
    code: "EW256", name: "mixed-versions", severity: .warning,
    summary: """
      Packages with conflicting requirements are in one environment, or parts of one framework have different \
      versions.
      """,
    rationale: """
      mlx-lm 0.32.2 needs transformers 5.7 or newer, optimum-intel 2.2.0 one below 5.6. openvino, openvino- \
      genai and openvino-tokenizers must be of one release. Of onnxruntime and its GPU, QNN or DirectML \
      variants only one may be installed: the CPU one hides the others. One container with every framework, as \
      often shown, cannot work.
      """,
    remedies: [
      Remedy(
        steps: [
          "Give each framework an environment or image of its own.",
          "Install the parts of OpenVINO at one release.",
          "Remove every onnxruntime package and install exactly one.",
        ],
        commands: [
          """
          python -m venv .venv-openvino && .venv-openvino/bin/pip install "optimum-intel[openvino]" \
          openvino-genai
          """,
          "python -m venv .venv-mlx && .venv-mlx/bin/pip install mlx-lm",
          """
          pip uninstall -y onnxruntime onnxruntime-gpu onnxruntime-qnn onnxruntime-directml && pip install \
          onnxruntime-gpu
          """,
        ],
        verify: "pip check reports no broken requirements.")
    ],
    citations: [
      "wheel metadata of mlx-lm 0.32.2 and optimum-intel 2.2.0",
      "microsoft/onnxruntime#23833",
      "openvinotoolkit/openvino.genai#1932",
    ])

  package static let examples = [
    RuleExample(.fires, "mlx-lm beside optimum-intel") {
      $0.software.toolchains = [Situation.Toolchain(name: "mlx-lm"), Situation.Toolchain(name: "optimum-intel")]
    },
    RuleExample(.fires, "two releases of OpenVINO") {
      $0.software.toolchains = [
        Situation.Toolchain(name: "openvino", version: "2026.4.1"),
        Situation.Toolchain(name: "openvino-genai", version: "2026.3.0.0"),
      ]
    },
    RuleExample(.quiet, "one release") {
      $0.software.toolchains = [
        Situation.Toolchain(name: "openvino", version: "2026.4.1"),
        Situation.Toolchain(name: "openvino-genai", version: "2026.4.1.0"),
      ]
    },
    RuleExample(.unknown, "not looked at"),
  ]

  package static func check(_ situation: Situation) -> Outcome {
    let seen = situation.messages(among: ["mlx-transformers-clash", "ov-tok-encode", "ov-tok-missing", "ov-tok-opset"])
    if !seen.isEmpty { return .fires(because: "The log has \(seen.joined(separator: ", ")).", evidence: .published) }
    guard let toolchains = situation.software.toolchains else { return .unknown(missing: ["software.toolchains"]) }
    let names = toolchains.map { $0.name.lowercased() }
    if names.contains("mlx-lm"), names.contains("optimum-intel") {
      return .fires(
        because: "mlx-lm needs transformers 5.7 or newer, optimum-intel one below 5.6.", evidence: .published)
    }
    let runtimes = names.filter { $0 == "onnxruntime" || $0.hasPrefix("onnxruntime-") && $0 != "onnxruntime-genai" }
    if Set(runtimes).count > 1 {
      return .fires(because: "\(runtimes.joined(separator: " and ")) hide each other.", evidence: .published)
    }
    let parts = toolchains.filter {
      ["openvino", "openvino-genai", "openvino-tokenizers"].contains($0.name.lowercased())
    }
    let releases = Set(parts.compactMap { $0.version?.split(separator: ".").prefix(2).joined(separator: ".") })
    guard releases.count > 1 else { return .quiet }
    return .fires(
      because: "Parts of OpenVINO are of releases \(releases.sorted().joined(separator: " and ")).", evidence: .computed
    )
  }
}
