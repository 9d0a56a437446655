#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// One part of an image generator: a U-Net, a text encoder, a scheduler that has no weights, ...
struct DiffusersPart {
  let entry: DiffusersIndex.Entry
  /// Its weights; nil for parts that have none, or none that are read.
  private(set) var component: ModelComponent?
  private(set) var format: FileFormat?
  private(set) var scheme: QuantizationScheme?
  private(set) var fileBytes = 0
  private(set) var fileCount = 0
  /// With the name of the part before theirs.
  private(set) var tensors: [StoredTensor] = []
  private(set) var configuration: Configuration?
  /// Files of weights that are not counted.
  private(set) var others: [String] = []
  /// Why weights that are there were not read; nil when they were.
  private(set) var pickle: String?

  /// Reads the folder of a part.
  init(_ entry: DiffusersIndex.Entry, _ folder: ModelFolder) throws(ModelFileError) {
    self.entry = entry
    if folder.has("config.json") { configuration = try Configuration.open(path: folder.path(of: "config.json")) }
    if let choice = try DiffusersWeights.open(folder) {
      others = choice.others
      try add(choice.model, path: folder.path)
    } else if folder.has("openvino_model.xml") {
      let place = try ModelPlace(path: folder.path(of: "openvino_model.xml"))
      add(try OpenVINOReader.read(place), path: folder.path)
    } else if folder.has("model.onnx") {
      add(try ONNXReader.read(try ModelPlace(path: folder.path(of: "model.onnx"))), path: folder.path)
    } else if let first = DiffusersWeights.pickles(folder).first {
      pickle = first
      for name in DiffusersWeights.pickles(folder) {
        var status = stat()
        if stat(folder.path(of: name), &status) == 0 { fileBytes += Int(status.st_size) }
      }
    }
  }

  private mutating func add(_ weights: SafetensorsModel, path: String) throws(ModelFileError) {
    if let configuration { scheme = try QuantizationScheme(configuration, text: configuration) }
    let matrices = PackedWeights.matrices(weights.tensors, scheme: scheme)
    let formats = FormatSummary.all(matrices)
    fileBytes = weights.fileBytes
    fileCount = weights.fileCount
    format = .safetensors
    component = ModelComponent(
      role: role, path: path, parameterCount: formats.reduce(0) { $0 &+ $1.parameters },
      bytes: formats.reduce(0) { $0 &+ $1.bytes }, name: entry.name, modelClass: entry.modelClass, formats: formats)
    tensors = weights.tensors.map { tensor in
      var stored = StoredTensor(tensor)
      stored.name = entry.name + "/" + stored.name
      return stored
    }
  }

  private mutating func add(_ contents: ModelContents, path: String) {
    let model = contents.description
    format = model.fileFormat
    fileBytes = model.fileBytes ?? 0
    fileCount = model.fileCount ?? 1
    component = ModelComponent(
      role: role, path: path, parameterCount: model.parameterCount, bytes: model.weightBytes ?? 0, name: entry.name,
      modelClass: entry.modelClass, formats: model.formats)
    tensors = contents.tensors().map { tensor in
      var stored = tensor
      stored.name = entry.name + "/" + stored.name
      return stored
    }
  }

  /// What the part does, by its name in the pipeline, else by its class.
  var role: ModelComponent.Role {
    let names: [(String, ModelComponent.Role)] = [
      ("text_encoder", .textEncoder), ("image_encoder", .visionEncoder), ("unet", .denoiser),
      ("transformer", .denoiser), ("prior", .denoiser), ("decoder", .denoiser), ("vae", .autoencoder),
      ("vq", .autoencoder), ("movq", .autoencoder), ("safety_checker", .safetyChecker),
    ]
    if let role = names.first(where: { entry.name.hasPrefix($0.0) })?.1 { return role }
    let words: [(String, ModelComponent.Role)] = [
      ("UNet", .denoiser), ("Transformer2DModel", .denoiser), ("Transformer3DModel", .denoiser),
      ("Autoencoder", .autoencoder), ("TextModel", .textEncoder), ("TextEncoder", .textEncoder),
      ("VisionModel", .visionEncoder), ("SafetyChecker", .safetyChecker),
    ]
    return words.first { entry.modelClass.contains($0.0) }?.1 ?? .other
  }
}
