package import Advisor
package import JSON

/// `model/inspect`: what a model is, and the memory that it needs.
package enum ModelInspect: Method {
  package static let name = "model/inspect"
  package static let summary = "Tells what a model is and how much memory it needs, by purpose."
  package static let discussion = """
    Reads a GGUF file (versions 2 and 3, either byte order, split files from any part; models, adapters and \
    projectors), safetensors (one file, an index or a folder), a Hugging Face or MLX folder with its quantization, a \
    Diffusers folder with its parts, an ONNX or OpenVINO model, or a model of the local Ollama (ollama:NAME or NAME:TAG); or takes a name of the catalogue. \
    The answer has one shape for all, and tells for each framework whether it loads the files as they are, after a \
    conversion, or not, and why. Only the heads of files are read, so a model of any size answers at once. What is \
    truncated or damaged is refused with the file and the place of the first thing that is wrong.
    """
  package static let scheduling = Scheduling.concurrent
  package static let card = MethodCard(title: "Inspect a Model", readOnly: true)

  package struct Params: Decodable, Sendable {
    package var model: String
    package var contextTokens: Int?
    package var kvFormat: KVCacheFormat?
    package var weightFormat: String?
    package var include: [Part]?
  }

  /// A list of the reply that a caller may want or not.
  package enum Part: String, Codable, Sendable, CaseIterable {
    case metadata
    case tensors
  }

  package static let params = Schema.object(
    "The model, and what it is to be used for.",
    [
      Schema.model,
      .optional(
        "contextTokens", .integer(1...(1 << 30)),
        "The context in tokens; 4096 when absent, or less if the model ends there."),
      .optional("kvFormat", .cases(KVCacheFormat.self), "The format of the KV cache; f16 when absent."),
      .optional(
        "weightFormat", .string(length: 1...100),
        "The format to compute the weights in, as framework/name or a name of llama.cpp; the file's own when absent."),
      .optional(
        "include", .array(.cases(Part.self), count: 0...2), "Which lists of the file to show; metadata when absent."),
    ])

  package static let reply = Schema.record(
    "What the model is, and the memory that it needs.",
    [
      .required("model", .modelDescription, "The model."),
      .optional("metadata", .array(metadataItem), "The metadata of the file, at most 5000 pairs."),
      .optional("tensors", .array(tensorItem), "The tensors of the file, at most 5000."),
      .required("memory", .memoryForecast, "The memory at the context that was asked for, in llama.cpp."),
      .optional("kvBytesPerToken", .quantity, "What one more token of context costs while no window is full."),
      .required("memoryByContext", .array(contextNeed), "The memory at other contexts."),
      .required("quantizations", .array(.quantizationFit), "How each known format fits the model's shape."),
      .required(
        "frameworks", .array(frameworkLoading), "What each framework can do with the files; empty without any."),
    ] + Schema.closingMembers)

  private static let frameworkLoading = Schema.record(
    "Whether a framework can load the files.",
    [
      .required("framework", .string(QuantizationFit.frameworks), "The framework."),
      .required("verdict", .cases(FrameworkLoading.Verdict.self), "Whether it loads them."),
      .required("because", .string, "Why."),
      .required("commands", .array(.string), "What to run, in order."),
      .required("source", .string, "Where that was read."),
    ])

  private static let metadataItem = Schema.record(
    "A metadata pair.",
    [
      .required("key", .string, "The key."),
      .required("type", .string, "The type; [] marks arrays."),
      .optional("value", .any, "The value; absent for arrays, shortened for long texts."),
      .optional("count", .integer(0...), "The elements of an array, or the bytes of a shortened text."),
    ])

  private static let tensorItem = Schema.record(
    "A tensor.",
    [
      .required("name", .string, "The name."),
      .required("shape", .array(.integer(0...)), "The sizes, row length first."),
      .required("format", .string, "The numeric format."),
      .required("bytes", .integer(0...), "The exact size."),
      .optional("byteOffset", .integer(0...), "The place in its file."),
      .required("fileIndex", .integer(0...), "Which file of a split model, from 0."),
    ])

  private static let contextNeed = Schema.record(
    "The memory at one context.",
    [
      .required("contextTokens", .integer(1...), "The context."),
      .optional("kvCacheBytes", .quantity, "The KV cache."),
      .required("totalBytes", .quantity, "Everything that is known."),
    ])

  package static let examples = [
    Example(
      "A model of the catalogue at a context of 8192 tokens", ["model": "llama-3.1-8b", "contextTokens": 8192],
      shows: [
        "/model/attention": "groupedQuery", "/memory/terms/1/bytes/value": 1_073_741_824.0,
        "/kvBytesPerToken/value": 131_072.0, "/model/parameterCount": 8_030_261_248,
      ]),
    Example(
      "A quantized KV cache", ["model": "qwen3-4b", "kvFormat": "q8_0", "contextTokens": 32768],
      shows: ["/kvBytesPerToken/value": 78336.0]),
    Example("A misspelled name", ["model": "lama-3.1-8b"], failure: .modelNotFound),
    Example("A file that is not there", ["model": "/models/absent.gguf"], failure: .modelNotFound),
    Example("A device instead of a file", ["model": "/dev/zero"], failure: .modelUnreadable),
  ]

  package static func run(_ params: Params, _ call: Call) async throws -> ModelReport {
    var question = ModelInspection(model: params.model)
    question.contextTokens = params.contextTokens
    question.kvFormat = params.kvFormat ?? .f16
    question.weightFormat = params.weightFormat
    let include = params.include ?? [.metadata]
    question.includesMetadata = include.contains(.metadata)
    question.includesTensors = include.contains(.tensors)
    return try call.advisor.inspect(question)
  }
}
