package import Advisor
package import JSON

/// `model/synthesize`: a model file that is made up, for measuring runtimes without a download.
package enum ModelSynthesize: Method {
  package static let name = "model/synthesize"
  package static let summary =
    "Writes a GGUF file of a model's exact shape with made-up weights, to measure runtimes with."
  package static let discussion = """
    The file has the tensors and formats that llama.cpp's converter and quantizer would give the model, so it takes the \
    same memory and the same time; its answers are noise. Nothing is written but the path that 'output' names (or the \
    parts of it), which must end in .gguf, lie in an existing folder and be free; with 'overwrite' it may be a GGUF file. \
    The bytes go to a file beside it that gets the name at the end and is removed when the call fails or is cancelled. \
    Room on the disk is checked first. Besides names of the catalogue, 'model' may be a config.json, or a GGUF file \
    whose tensors are then written in another format, vocabulary included.
    """
  package static let scheduling = Scheduling.exclusive
  package static let card = MethodCard(title: "Make Up a Model File", readOnly: false)

  package typealias Params = SynthesisRequest
  package static let params = Schema.object(
    "The shape, the format and the path.",
    [
      .optional(
        "model", .string(length: 1...4096),
        "A name of the catalogue, a config.json, or a GGUF file; absent with 'shape'."),
      .optional(
        "shape", .any,
        "Numbers that replace those of the model, or all of them when there is no model: an object with names such as "
          + "architecture, layers, hiddenSize, heads, kvHeads."),
      .optional("format", .string(length: 1...40), "The file type of llama.cpp, such as Q8_0; Q4_K_M when absent."),
      .required("output", .string(length: 1...4096), "The path to write, ending in .gguf."),
      .optional("layers", .integer(1...1024), "So many layers instead of the model's."),
      .optional("repeatsLayers", .boolean, "Whether there may be more layers than the model has."),
      .optional("overwrite", .boolean, "Whether a GGUF file that is there is replaced."),
      .optional("sparse", .boolean, "Whether weights are holes: zeros that take no room, to look at memory alone."),
      .optional("splitBytes", .integer((1 << 20)...(1 << 50)), "The most bytes of tensors in one file."),
      .optional("seed", .integer(0...), "Where the pseudo-random weights start; 1 when absent."),
    ])
  package static let reply = Schema.record(
    "The file that was made up.",
    [
      .required("files", .array(.string), "The paths that were written."),
      .required("architecture", .string, "The architecture as GGUF names it."),
      .required("format", .string, "The file type."),
      .required("layers", .integer(0...), "Layers."),
      .required("tensorCount", .integer(0...), "Tensors."),
      .required("parameterCount", .integer(0...), "The values of all tensors."),
      .required("weightBytes", .integer(0...), "The bytes of all tensors."),
      .required("fileBytes", .integer(0...), "The bytes of all files."),
      .required("isSparse", .boolean, "Whether the weights are holes."),
      .required("writeSeconds", .number(0...), "How long writing took."),
      .required("notes", .array(.string), "What the file is not."),
      .required("next", .array(.nextStep), "Calls and commands to run next."),
    ])
  package static let examples = [
    Example(
      "A path that is no model file", ["model": "smollm2-135m", "output": "/etc/passwd"], failure: .invalidParams),
    Example(
      "A format that does not exist", ["model": "smollm2-135m", "format": "Q9_Z", "output": "model.gguf"],
      failure: .invalidParams),
    Example("A misspelled name", ["model": "smolm2-135m", "output": "model.gguf"], failure: .modelNotFound),
  ]

  package static func run(_ params: Params, _ call: Call) async throws -> SynthesisReport {
    let plan = try call.advisor.planSynthesis(params)
    let advisor = call.advisor
    return try await call.measure { cancellation, progress in
      try advisor.synthesize(plan, cancellation: cancellation, progress: progress)
    }
  }
}
