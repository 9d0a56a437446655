package import Advisor
package import JSON
import Knowledge

/// `diagnosis/explain`: why it is slow, or why it fails.
package enum DiagnosisExplain: Method {
  package static let name = "diagnosis/explain"
  package static let summary = "Explains why a model runs slowly or fails, from numbers, a log or words."
  package static let discussion = """
    Give any of metrics, logText and symptom. The log is searched for every known message of llama.cpp, Ollama, OpenVINO, \
    Olive and ONNX Runtime, MLX, vLLM and others, and for the numbers that it states; the metrics are compared with their \
    limits; words are matched with the usual causes. The causes come ranked, each with the evidence that matched, what is \
    missing to be sure, remedies in order and how to verify them, and the plan merges them. Where common advice is wrong \
    the cause says so. Of a log the last 16 MiB are read.
    """
  package static let scheduling = Scheduling.concurrent
  package static let card = MethodCard(title: "Explain Trouble", readOnly: true)

  package struct Params: Decodable, Sendable {
    package var metrics: DiagnosisMetrics?
    package var logText: String?
    package var symptom: String?
    package var framework: String?
    package var machine: MachineReference?
    package var model: String?
  }

  package static let params = Schema.object(
    "What is known about the trouble.",
    [
      .optional("metrics", .diagnosisMetrics, "Numbers of the run, and targets."),
      .optional("logText", .string, "What the program wrote, from its first line."),
      .optional("symptom", .string(length: 0...16_384), "What is wrong, in plain words."),
      .optional(
        "framework", .string(length: 1...100), "Such as llama.cpp, Ollama or OpenVINO; told from the log when absent."),
      Schema.machine,
      .optional("model", .string(length: 1...4096), "The path of a GGUF file, or a name that model/list shows."),
    ])

  package static let reply = Schema.record(
    "The causes, and what to do.",
    [
      .required("summary", .string, "The answer in one or two sentences."),
      .required("causes", .array(.diagnosedCause), "The causes, the most likely first."),
      .required(
        "ruledOut",
        .array(
          .record(
            "A suspicion that does not hold.",
            [.required("code", .string, "The rule."), .required("title", .string, "What it notices.")])),
        "Usual causes that were looked at and do not hold."),
      .required("plan", .array(.resolutionStep), "The ordered steps towards a solution."),
      .optional(
        "framework",
        .record(
          "The framework.",
          [.required("name", .string, "Its name."), .required("how", .string, "How it is known.")]),
        "Which framework is concerned, and how that is known."),
      .required("readings", .array(.logReading), "Numbers that were read out of the log, at most 64."),
      .required(
        "unexplained",
        .array(
          .record(
            "Something that is not explained.",
            [.required("what", .string, "What it is."), .optional("line", .integer(1...), "The line of the log.")])),
        "What was given and is not explained by any cause."),
    ] + Schema.closingMembers)

  private static let described: JSON = ["physicalCores": 4, "logicalCores": 8, "accelerators": []]

  package static let examples = [
    Example(
      "A log of llama.cpp",
      [
        "logText": """
        llama_model_loader: loaded meta data with 30 key-value pairs
        llama_context: n_ctx         = 131072
        llama_kv_cache: failed to allocate buffer for kv cache
        llama_init_from_model: failed to initialize the context: failed to allocate buffer for kv cache
        """, "machine": described,
      ], shows: ["/causes/0/code": "lcp-kv-alloc", "/framework/name": "llama.cpp"], isReproducible: true),
    Example(
      "A busy processor that waits for memory",
      [
        "metrics": [
          "latencySeconds": 3, "targetLatencySeconds": 1, "cpuUtilizationFraction": 1,
          "bandwidthUtilizationFraction": 0.95,
        ], "machine": described,
      ], shows: ["/causes/0/code": "EW351"]),
    Example(
      "Threads that share cores", ["metrics": ["threads": 8], "symptom": "generation is slow", "machine": described],
      shows: ["/causes/0/code": "EW354", "/causes/0/standing": "found"]),
    Example(
      "Plain words only", ["symptom": "the first token is slow", "machine": described],
      shows: ["/causes/0/standing": "possible"]),
    Example("Nothing at all", ["machine": described], shows: ["/causes": []]),
    Example("A framework that nobody knows", ["framework": "lama", "symptom": "slow"], failure: .invalidParams),
    Example(
      "A percentage instead of a fraction", ["metrics": ["cpuUtilizationFraction": 93]], failure: .invalidParams),
  ]

  package static func run(_ params: Params, _ call: Call) async throws -> Diagnosis {
    try call.advisor.explain(
      metrics: params.metrics, logText: params.logText, symptom: params.symptom, framework: params.framework,
      machine: params.machine, model: params.model)
  }
}
