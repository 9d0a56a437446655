import Evidence

/// The NPU needs symmetric weights and static shapes.
package enum NeuralProcessorNeedsSymmetricWeights: Rule {
  package static let card = RuleCard(
    code: "EW253", name: "npu-needs-symmetric-weights", severity: .error,
    summary: "The NPU needs symmetric 4-bit weights per channel and static shapes.",
    rationale: """
      The NPU plugin compiles a fixed graph: dynamic shapes are refused, batches other than 1 too, and \
      asymmetric weights per group run into a compiler fault. The general advice of 8 bits with calibration \
      does not hold for language models on an NPU.
      """,
    remedies: [
      Remedy(
        .openvino,
        steps: [
          "Export symmetric int4, all layers, channel-wise from a billion parameters on, or groups of 128.",
          """
          Run through OpenVINO GenAI, which cuts the model into static parts; set MAX_PROMPT_LEN for prompts \
          over 1,024 tokens.
          """,
        ],
        commands: [
          """
          optimum-cli export openvino -m {repository} --weight-format int4 --sym --ratio 1.0 --group-size -1 \
          out-npu/
          """,
          """
          python -c "import openvino_genai as g; print(g.LLMPipeline('out-npu', 'NPU').generate('Hello', \
          max_new_tokens=16))"
          """,
        ],
        verify: "The second command prints an answer on the NPU.")
    ],
    citations: [
      "openvinotoolkit/openvino#34450, #34617",
      "docs.openvino.ai: OpenVINO GenAI on NPU",
    ])

  package static let examples = [
    RuleExample(.fires, "an asymmetric export") {
      $0.software.framework = .openvino
      $0.model.quantization = "int4_asym"
      $0.machine.accelerators = [Situation.Accelerator(.npu, vendor: "intel")]
    },
    RuleExample(.fires, "dynamic shapes refused") {
      $0.run.messages = ["ov-npu-dynamic"]
    },
    RuleExample(.quiet, "symmetric") {
      $0.software.framework = .openvino
      $0.model.quantization = "int4_sym"
      $0.machine.accelerators = [Situation.Accelerator(.npu, vendor: "intel")]
    },
    RuleExample(.quiet, "no NPU") {
      $0.machine.accelerators = []
    },
    RuleExample(.unknown, "format not known") {
      $0.software.framework = .openvino
      $0.machine.accelerators = [Situation.Accelerator(.npu, vendor: "intel")]
    },
  ]

  package static func check(_ situation: Situation) -> Outcome {
    let seen = situation.messages(among: ["ov-npu-asym-group", "ov-npu-batch", "ov-npu-dynamic", "ov-npu-rank"])
    if !seen.isEmpty { return .fires(because: "The log has \(seen.joined(separator: ", ")).", evidence: .published) }
    guard let accelerators = situation.machine.accelerators else { return .unknown(missing: ["machine.accelerators"]) }
    guard accelerators.contains(where: { $0.kind == .npu }) else { return .quiet }
    guard let framework = situation.software.framework else { return .unknown(missing: ["software.framework"]) }
    guard framework == .openvino else { return .quiet }
    guard let format = situation.model.quantization?.lowercased() else {
      return .unknown(missing: ["model.quantization"])
    }
    guard format.contains("asym") else { return .quiet }
    return .fires(because: "\(format) is asymmetric; the NPU wants symmetric weights.", evidence: .published)
  }
}
