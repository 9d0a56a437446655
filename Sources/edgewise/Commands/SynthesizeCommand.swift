import ArgumentParser
import JSON
import OrderedCollections
import Service

/// `edgewise synthesize MODEL --output FILE`: a model file to measure runtimes with, without a download.
struct SynthesizeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "synthesize",
    abstract: "Write a GGUF file of a model's exact shape with made-up weights.",
    usage: "edgewise synthesize [<model>] --output <file> [options]",
    discussion: """
      The file has the tensors and formats that llama.cpp's converter and quantizer would give the model; its answers are \
      noise. Ctrl-C ends the work and removes what was written.

      Examples:
        edgewise synthesize llama-3.2-1b --format Q4_K_M --output llama.gguf
        edgewise synthesize qwen3-30b-a3b --layers 4 --format Q4_0 --output moe.gguf
        edgewise synthesize config.json --format F16 --output model.gguf
        edgewise synthesize real.gguf --format Q8_0 --output other.gguf     its tensors in another format
        edgewise synthesize --shape architecture=llama,layers=2,hiddenSize=256,heads=4 --output tiny.gguf
        edgewise synthesize llama-3.1-8b --sparse --output big.gguf         takes no room, for memory alone
      """)

  @Argument(
    help: ArgumentHelp("A name of the catalogue, a config.json, or a GGUF file.", valueName: "model"))
  var model: String?

  @Option(name: .shortAndLong, help: ArgumentHelp("The file to write, ending in .gguf.", valueName: "file"))
  var output: String

  @Option(help: ArgumentHelp("The file type, such as F16, Q8_0 or Q4_K_M.", valueName: "type"))
  var format: String?

  @Option(
    help: ArgumentHelp(
      "Numbers of the shape, such as layers=4,hiddenSize=1024, or a JSON file of them; may be given again.",
      valueName: "name=value,...|file"))
  var shape: [String] = []

  @Option(help: ArgumentHelp("So many layers instead of the model's.", valueName: "count"))
  var layers: Int?

  @Flag(help: "Allow more layers than the model has, by repeating them.")
  var repeatLayers = false

  @Flag(help: "Replace a GGUF file that is there.")
  var overwrite = false

  @Flag(help: "Leave the weights as holes, which take no room on disk and read as zeros.")
  var sparse = false

  @Option(help: ArgumentHelp("Split the model into files with at most so much, such as 2GiB.", valueName: "size"))
  var split: ByteSize?

  @Option(help: ArgumentHelp("The same seed gives the same file.", valueName: "number"))
  var seed: Int?

  @Flag(help: "Print JSON, even on a terminal.")
  var json = false

  @OptionGroup var progress: ProgressOptions

  func validate() throws {
    if model == nil, shape.isEmpty {
      throw ValidationError("Missing the model: a name that 'edgewise inspect --list' shows, a config.json, or --shape")
    }
  }

  mutating func run() async throws {
    var params = Parameters()
    params.set("model", model)
    params.set("shape", try shapeObject())
    params.set("format", format)
    params.set("output", output)
    params.set("layers", layers)
    params.set("repeatsLayers", flag: repeatLayers)
    params.set("overwrite", flag: overwrite)
    params.set("sparse", flag: sparse)
    params.set("splitBytes", split?.bytes)
    params.set("seed", seed)
    let reply = try await Question.ask(ModelSynthesize.name, params.json, isQuiet: progress.quiet)
    guard !json, Stream.output.isTerminal else { return try OutputOptions.write(reply) }
    var page = Page(Stream.output.screen(.auto))
    SynthesisPage.show(reply, on: &page)
    Stream.output.write(page.text)
  }

  /// The numbers of all `--shape` options in one object; of two with one name the last counts.
  private func shapeObject() throws -> JSON? {
    guard !shape.isEmpty else { return nil }
    var object: JSON.Object = [:]
    for option in shape {
      if option.hasSuffix(".json") {
        guard let file = try JSON.parse(InputText.read(option)).object else {
          throw ValidationError("'\(option)' must hold a JSON object of names and numbers")
        }
        object.merge(file) { $1 }
        continue
      }
      for part in Self.parts(option) {
        guard let assignment = Assignment(argument: part) else {
          throw ValidationError("'\(part)' is not name=value, such as layers=4")
        }
        object[assignment.name] = assignment.value
      }
    }
    return .object(object)
  }

  /// The text at its commas, but for those inside brackets.
  private static func parts(_ text: String) -> [String] {
    var parts = [""]
    var depth = 0
    for character in text {
      depth += character == "[" ? 1 : character == "]" ? -1 : 0
      if character == ",", depth == 0 { parts.append("") } else { parts[parts.count - 1].append(character) }
    }
    return parts
  }
}
