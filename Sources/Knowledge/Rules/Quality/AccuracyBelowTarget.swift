import Evidence

/// Less accuracy is kept than wanted.
package enum AccuracyBelowTarget: Rule, Measuring {
  package static let card = RuleCard(
    code: "EW454", name: "accuracy-below-target", severity: .error,
    summary: "Less of the unquantized model's accuracy is kept than wanted.",
    rationale: """
      The usual gate of 95 % needs a named test and a baseline on the same test: plain 4 bits on a 4-billion \
      model kept 94.8 % of MMLU-Pro. Retraining with quantization in mind is often advised for Olive, whose \
      commands do not offer it.
      """,
    remedies: [
      Remedy(
        .llamaCpp,
        steps: [
          "More bits, an importance matrix, more bits for sensitive tensors."
        ],
        commands: [
          "llama-quantize --imatrix imatrix.gguf {model-bf16} {model-Q6_K} Q6_K",
          "llama-perplexity -m {model} -f wiki.test.raw",
        ],
        verify: "The same test on the new file is above the target."),
      Remedy(
        .olive,
        steps: [
          """
          Choose a better algorithm (k-quant, GPTQ, AWQ) and smaller blocks; there is no training with \
          quantization in the commands, LoRA fine-tuning there is.
          """
        ],
        commands: [
          "olive quantize -m {repository} --algorithm gptq --precision int4 --output_path q/",
          """
          python -m onnxruntime_genai.models.builder -m {repository} -o out -p int4 -e cpu --extra_options \
          block_size=32 accuracy_level=4
          """,
        ],
        verify: "olive benchmark with the same tasks is above the target."),
      Remedy(
        .openvino,
        steps: [
          "Use calibration data: AWQ and scale estimation, a smaller group, part of the layers in 8 bits."
        ],
        commands: [
          """
          optimum-cli export openvino -m {repository} --weight-format int4 --group-size 64 --ratio 0.8 --awq \
          --scale-estimation --dataset wikitext2 out/
          """
        ],
        verify: "The similarity that wwb reports rises above the target."),
      Remedy(
        .mlx,
        steps: [
          "More bits, a mixed recipe, or learned quantization."
        ],
        commands: [
          "mlx_lm.convert --model {repository} --mlx-path q6 -q --q-bits 6",
          "mlx_lm.dwq --model {repository} --quantized-model q4 --mlx-path q4-dwq",
        ],
        verify: "mlx_lm.evaluate --tasks mmlu_pro is above the target."),
    ],
    citations: [
      "mlx-lm BENCHMARKS: MMLU-Pro 60.72 of 64.05",
      "olive-ai 0.13.0 command line: no training with quantization",
      "NNCF weight compression documentation",
    ])

  package static let examples = [
    RuleExample(.fires, "90 % kept, default target") {
      $0.run.accuracyKeptFraction = 0.9
    },
    RuleExample(.fires, "97 % kept, 99 % wanted") {
      $0.run.accuracyKeptFraction = 0.97
      $0.goals.accuracyKeptFraction = 0.99
    },
    RuleExample(.quiet, "exactly 95 %") {
      $0.run.accuracyKeptFraction = 0.95
    },
    RuleExample(.unknown, "not measured"),
  ]

  package static func measurements(_ situation: Situation) -> [Measurement] {
    [
      Measurement(
        "run.accuracyKeptFraction", situation.run.accuracyKeptFraction,
        threshold: situation.goals.accuracyKeptFraction ?? 0.95)
    ].compactMap { $0 }
  }

  package static func check(_ situation: Situation) -> Outcome {
    guard let kept = situation.run.accuracyKeptFraction else { return .unknown(missing: ["run.accuracyKeptFraction"]) }
    let target = situation.goals.accuracyKeptFraction ?? 0.95
    guard kept < target else { return .quiet }
    return .fires(
      because:
        "\(NumberText.text(kept * 100)) % of the accuracy is kept, the target is \(NumberText.text(target * 100)) %.",
      evidence: .measured)
  }
}
