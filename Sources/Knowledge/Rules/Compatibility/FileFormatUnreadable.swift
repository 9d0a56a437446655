import Evidence

/// The model's file is in a format that the chosen framework does not run as it is.
package enum FileFormatUnreadable: Rule {
  package static let card = RuleCard(
    code: "EW205", name: "file-format-needs-conversion", severity: .hint,
    summary: "The model's file has to be converted for the framework, or cannot be.",
    rationale: """
      Each engine runs its own format; most convert from Hugging Face safetensors, none writes GGUF from ONNX.
      """,
    remedies: [
      Remedy(
        steps: [
          "Start from the Hugging Face repository and convert with the framework's own tool.",
          "Download a ready file in the framework's format.",
        ], verify: "model/inspect reads the new file.")
    ],
    citations: [
      "facts frameworks: file formats, read from converters",
      "llama.cpp, optimum-intel and mlx-lm converters start from Hugging Face folders",
    ])

  package static let examples = [
    RuleExample(.fires, "an ONNX file for llama.cpp") {
      $0.software.framework = .llamaCpp
      $0.model.fileFormat = "onnx"
    },
    RuleExample(.quiet, "a GGUF file for llama.cpp") {
      $0.software.framework = .llamaCpp
      $0.model.fileFormat = "gguf"
    },
    RuleExample(.unknown, "no file named") {
      $0.software.framework = .llamaCpp
    },
  ]

  package static func check(_ situation: Situation) -> Outcome {
    guard let framework = situation.software.framework, let record = FrameworkRecord.of(framework) else {
      return .unknown(missing: ["software.framework"])
    }
    guard let format = situation.model.fileFormat else { return .unknown(missing: ["model.fileFormat"]) }
    guard !record.fileFormats.contains(format) else { return .quiet }
    let way = record.convertsFrom.contains(format) ? "converts \(format) first" : "neither runs nor converts \(format)"
    return .fires(because: "\(record.name) \(way).", evidence: .published)
  }
}
