import ArgumentParser

/// Which model a forecast is about, what would run it, and on which machine.
struct ModelOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("The path of a model, or a name of the catalogue.", valueName: "model"))
  var model: String

  @Option(
    help: ArgumentHelp(
      "The engine: llama.cpp, edgewise, openvino, mlx, onnxruntime, and for memory alone vllm.", valueName: "engine"))
  var engine: String?

  @OptionGroup var machine: MachineOptions

  @Option(help: ArgumentHelp("Suppose that the machine has this much memory, such as 8GiB.", valueName: "size"))
  var memory: ByteSize?

  /// The parameters that the forecasts' methods have in common.
  func parameters() throws -> Parameters {
    var params = Parameters()
    params.set("model", model)
    params.set("engine", engine)
    params.set("machine", try machine.reference(memory: memory))
    return params
  }
}
