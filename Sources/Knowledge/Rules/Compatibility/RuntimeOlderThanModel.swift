import Evidence

/// The runtime does not know the model yet.
package enum RuntimeOlderThanModel: Rule {
  package static let card = RuleCard(
    code: "EW254", name: "runtime-older-than-model", severity: .error,
    summary: "The runtime is older than the model: it does not know its architecture, tokenizer or tensors.",
    rationale: """
      New architectures reach llama.cpp first; Ollama, llama-cpp-python, LM Studio and llamafile follow with \
      the version that they carry. Converting the model again does not help while the runtime is old.
      """,
    remedies: [
      Remedy(
        .llamaCpp,
        steps: [
          "Update llama.cpp or the wrapper.",
          "Check that the architecture is in the list of the converter.",
        ],
        commands: [
          "llama-cli --version",
          "python convert_hf_to_gguf.py --print-supported-models",
        ],
        verify: "The model loads; the log no longer has the message."),
      Remedy(
        .ollama,
        steps: [
          "Update Ollama."
        ],
        commands: [
          "curl -fsSL https://ollama.com/install.sh | sh",
          "ollama --version",
        ],
        verify: "ollama run {model} answers."),
      Remedy(
        .openvino,
        steps: [
          """
          Update optimum-intel and openvino together; keep transformers in the range that optimum-intel \
          2.2.0 asks for (4.51 to below 5.6).
          """
        ],
        commands: [
          """
          pip install -U "optimum-intel[openvino]" openvino openvino-genai
          """
        ],
        verify: "The export ends without the message."),
      Remedy(
        .mlx,
        steps: [
          "Update mlx-lm; for vision or audio use mlx-vlm or mlx-audio."
        ],
        commands: [
          "pip install -U mlx-lm"
        ],
        verify: "mlx_lm.generate answers."),
      Remedy(
        .olive,
        steps: [
          "Update onnxruntime and onnxruntime-genai together."
        ],
        commands: [
          "pip install -U onnxruntime onnxruntime-genai"
        ],
        verify: "The model loads."),
    ],
    citations: [
      "ollama/ollama#15546, abetlen/llama-cpp-python#1994, ggml-org/llama.cpp#14951",
      "optimum-intel 2.2.0 wheel metadata",
    ])

  package static let examples = [
    RuleExample(.fires, "unknown architecture") {
      $0.run.messages = ["lcp-arch-unknown"]
    },
    RuleExample(.quiet, "a log without it") {
      $0.run.messages = []
    },
    RuleExample(.unknown, "no log"),
  ]

  package static func check(_ situation: Situation) -> Outcome {
    guard situation.run.messages != nil else { return .unknown(missing: ["run.messages"]) }
    let seen = situation.messages(among: [
      "lcp-arch-unknown",
      "lcp-arch-unsupported-op",
      "lcp-conv-arch",
      "lcp-conv-bpe",
      "lcp-pretok-run",
      "lcp-wrong-tensors",
      "mlx-modeltype",
      "oga-model-unsupported",
      "ort-ir",
      "ov-export-arch",
    ])
    guard !seen.isEmpty else { return .quiet }
    return .fires(because: "The log has \(seen.joined(separator: ", ")).", evidence: .published)
  }
}
