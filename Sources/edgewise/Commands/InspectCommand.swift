import ArgumentParser
import JSON
import Service

/// `edgewise inspect FILE`: what a model is, and the memory that it needs.
struct InspectCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Tell what a model is, which frameworks load it, and how much memory it needs.",
    usage: "edgewise inspect [<model>] [options]",
    discussion: """
      Examples:
        edgewise inspect model.gguf
        edgewise inspect ./Qwen3-0.6B          a Hugging Face or MLX folder
        edgewise inspect model.onnx            ONNX, OpenVINO IR (.xml), safetensors
        edgewise inspect ollama:llama3.2:1b    a model of the local Ollama
        edgewise inspect llama-3.1-8b --context 32k --kv-format q8_0
        edgewise inspect model.gguf --tensors --metadata
        edgewise inspect --list qwen           the catalogue's models with this name
      """)

  @Argument(
    help: ArgumentHelp(
      "A model's file or folder (GGUF, safetensors, Hugging Face, MLX, ONNX, OpenVINO), ollama:NAME, or a name of the catalogue.",
      valueName: "model"))
  var model: String?

  @Option(help: ArgumentHelp("The context in tokens, such as 8192 or 8k.", valueName: "tokens"))
  var context: TokenCount?

  @Option(help: ArgumentHelp("The format of the KV cache, such as f16 or q8_0.", valueName: "format"))
  var kvFormat: String?

  @Option(help: ArgumentHelp("Compute the weights in this format instead of the file's own.", valueName: "format"))
  var weightFormat: String?

  @Flag(help: "Show the metadata of the file.")
  var metadata = false

  @Flag(help: "Show the tensors of the file.")
  var tensors = false

  @Flag(help: "Show how every format would fit, with the size of the weights.")
  var formats = false

  @Flag(help: "List the catalogue; the model is then a part of the names to show.")
  var list = false

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if model == nil, !list { throw ValidationError("Missing the model: a file or folder, or a name that --list shows") }
  }

  mutating func run() async throws {
    if list {
      var params = Parameters()
      params.set("containing", model)
      return try await Question.show(ModelList.name, params.json, output) { ModelPage.list($0, on: &$1) }
    }
    let (metadata, tensors, formats) = (metadata, tensors, formats)
    try await Question.show(ModelInspect.name, parameters(), output) { reply, page in
      ModelPage.show(reply, on: &page)
      if formats { ModelPage.formats(reply, on: &page) }
      if metadata { ModelPage.metadata(reply, on: &page) }
      if tensors { ModelPage.tensors(reply, on: &page) }
    }
  }

  private func parameters() -> JSON {
    var params = Parameters()
    params.set("model", model)
    params.set("contextTokens", context?.tokens)
    params.set("kvFormat", kvFormat)
    params.set("weightFormat", weightFormat)
    if metadata || tensors {
      params.set("include", (metadata ? ["metadata"] : []) + (tensors ? ["tensors"] : []))
    }
    return params.json
  }
}
