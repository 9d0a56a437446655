#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A folder as Hugging Face's libraries save models: configuration, weights and tokenizer.
struct HuggingFaceFolder {
  let path: String
  let names: [String]
  let configuration: Configuration?
  let weights: SafetensorsModel?
  /// Where the files lie that are not in the folder under their names.
  private var places: [String: String] = [:]
  /// Whether this is a model of Ollama's store, whose files are blobs.
  var isOfOllama: Bool { !places.isEmpty }

  static let weightIndexes = ["model.safetensors.index.json", "consolidated.safetensors.index.json"]

  /// Opens what is there; `weightsPath` names one file of the weights when that was given instead of the folder.
  init(_ folder: ModelFolder, weightsPath: String? = nil) throws(ModelFileError) {
    path = folder.path
    names = folder.names
    configuration = folder.has("config.json") ? try Configuration.open(path: folder.path(of: "config.json")) : nil
    weights = try Self.weights(folder, named: weightsPath)
  }

  /// Weights and a configuration without a folder.
  init(_ weights: SafetensorsModel?, configuration: Configuration? = nil) {
    path = "memory"
    names = []
    self.configuration = configuration
    self.weights = weights
  }

  /// A model whose files lie under other names, by their own; the configuration is among them.
  init(path: String, places: [String: String], weights: SafetensorsModel) throws(ModelFileError) {
    self.path = path
    self.places = places
    self.weights = weights
    names = places.keys.sorted()
    if let config = places["config.json"] {
      configuration = try Configuration.open(path: config)
    } else {
      configuration = nil
    }
  }

  /// The checkpoints of PyTorch that are there; they are not read, because loading one runs code.
  var pickles: [String] {
    names.filter { $0.hasSuffix(".bin") && $0.hasPrefix("pytorch_model") || $0.hasSuffix(".pth") }
  }

  func has(_ name: String) -> Bool { names.contains(name) }
  func path(of name: String) -> String { places[name] ?? (path == "/" ? "/" + name : path + "/" + name) }

  /// A file of settings that is there; nil when it is not, an error when it is no object.
  func settings(_ name: String) throws(ModelFileError) -> Configuration? {
    has(name) ? try Configuration.open(path: path(of: name)) : nil
  }

  /// The bytes of a file; 0 when it cannot be looked at.
  func byteCount(of name: String) -> Int {
    var status = stat()
    return stat(path(of: name), &status) == 0 ? Int(status.st_size) : 0
  }

  private static func weights(_ folder: ModelFolder, named given: String?) throws(ModelFileError) -> SafetensorsModel? {
    let name = given.map { path in path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path }
    let indexes = weightIndexes + folder.names.filter { $0.hasSuffix(".safetensors.index.json") }
    if let name, !name.hasSuffix(".index.json") {
      // A shard stands for its model; any other file for itself.
      for index in indexes where folder.has(index) {
        let path = folder.path(of: index)
        if try SafetensorsIndex.open(path: path).files.contains(name) { return try SafetensorsModel.open(index: path) }
      }
      return try SafetensorsModel(try SafetensorsFile.open(path: folder.path(of: name)))
    }
    if let index = name ?? indexes.first(where: { folder.has($0) }) {
      return try SafetensorsModel.open(index: folder.path(of: index))
    }
    let all = folder.names(endingIn: ".safetensors")
    for name in [
      "model.safetensors", "weights.safetensors", "consolidated.safetensors", "adapter_model.safetensors",
      "diffusion_pytorch_model.safetensors",
    ]
    where all.contains(name) {
      return try SafetensorsModel(try SafetensorsFile.open(path: folder.path(of: name)))
    }
    return all.isEmpty ? nil : try SafetensorsModel(paths: all.map { folder.path(of: $0) })
  }
}
