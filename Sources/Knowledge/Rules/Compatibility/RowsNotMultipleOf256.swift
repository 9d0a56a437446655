import Evidence

/// K- and IQ-formats do not fit the width of the model.
package enum RowsNotMultipleOf256: Rule {
  package static let card = RuleCard(
    code: "EW252", name: "rows-not-multiple-of-256", severity: .information,
    summary: "The rows of the model are no multiple of the 256 weights of a K- or IQ-block.",
    rationale: """
      Tensors whose rows do not divide by 256 are stored in a larger format of 32-weight blocks, so the file \
      is larger and slower than its name says. This is a fallback, not an error. MLX and OpenVINO have the \
      same with their group sizes.
      """,
    remedies: [
      Remedy(
        .llamaCpp,
        steps: [
          "Choose a format of 32-weight blocks: Q4_0, IQ4_NL, Q5_0, Q8_0, or MXFP4."
        ],
        commands: [
          "llama-quantize --imatrix imatrix.gguf {model-bf16} {model-Q4_0} Q4_0"
        ],
        verify: """
          llama-quantize no longer reports "not divisible by"; model/inspect lists the formats of the tensors.
          """),
      Remedy(
        .openvino,
        steps: [
          "Use a smaller group, or let the export adjust it."
        ],
        commands: [
          """
          optimum-cli export openvino -m {repository} --weight-format int4 --group-size 64 --group-size- \
          fallback adjust out/
          """
        ],
        verify: "The export ends without the message."),
      Remedy(
        .mlx,
        steps: [
          "Use groups of 32."
        ],
        commands: [
          "mlx_lm.convert --model {repository} --mlx-path q4 -q --q-bits 4 --q-group-size 32"
        ],
        verify: "The conversion ends without the message."),
    ],
    citations: [
      "ggml-org/llama.cpp@0c1e57098 src/llama-quant.cpp:389-440",
      "nncf 3.4.0 weight_lowering.py",
      "ml-explore/mlx ops.cpp",
    ])

  package static let examples = [
    RuleExample(.fires, "Qwen2.5-0.5B in Q4_K_M") {
      $0.model.quantization = "Q4_K_M"
      $0.model.hiddenSize = 896
    },
    RuleExample(.quiet, "Llama-3.2-1B in Q4_K_M") {
      $0.model.quantization = "Q4_K_M"
      $0.model.hiddenSize = 2048
    },
    RuleExample(.quiet, "Qwen2.5-0.5B in Q4_0") {
      $0.model.quantization = "Q4_0"
      $0.model.hiddenSize = 896
    },
    RuleExample(.unknown, "width not known") {
      $0.model.quantization = "Q4_K_M"
    },
  ]

  package static func check(_ situation: Situation) -> Outcome {
    let seen = situation.messages(among: ["lcp-quant-cols", "mlx-qdiv", "ov-nncf-group"])
    if !seen.isEmpty { return .fires(because: "The log has \(seen.joined(separator: ", ")).", evidence: .published) }
    guard let format = situation.model.quantization?.uppercased() else {
      return .unknown(missing: ["model.quantization"])
    }
    let hasSuperBlocks =
      format.contains("_K") || (format.hasPrefix("IQ") && format != "IQ4_NL") || format.hasPrefix("TQ")
    guard hasSuperBlocks else { return .quiet }
    guard let width = situation.model.hiddenSize else { return .unknown(missing: ["model.hiddenSize"]) }
    guard width % 256 != 0 else { return .quiet }
    return .fires(because: "The model is \(width) wide, no multiple of the 256 of \(format).", evidence: .computed)
  }
}
