import JSON

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reads OpenVINO models: the XML file with its weights, or the folder of an exporter.
package enum OpenVINOReader: ModelReader {
  package static let title = "an OpenVINO model (*.xml, *.bin)"
  /// The parts of a folder that are no model of their own: tokenizers, and what comes before the language model.
  private static let parts = ["tokenizer", "detokenizer", "embeddings", "resampler", "merger", "projection"]

  package static func recognizes(_ place: ModelPlace) -> Bool {
    switch place {
    case .file(let file): isIR(file)
    case .folder(let folder): !models(folder).isEmpty
    }
  }

  package static func read(_ place: ModelPlace) throws(ModelFileError) -> ModelContents {
    switch place {
    case .file(let file): return try contents(file, weightFileBytes: try weightFileBytes(of: file))
    case .folder(let folder):
      let name = try chosen(folder)
      let file = try MappedFile.open(path: folder.path(of: name))
      var result = try contents(file, weightFileBytes: try weightFileBytes(of: file))
      result.description.storage = .folder
      result.description.components = components(folder, except: name)
      return result
    }
  }

  /// Reads a model from memory, without its weights: constants are checked against `weightFileBytes` when it is given.
  package static func parse(_ bytes: some Collection<UInt8>, weightFileBytes: Int? = nil) throws(ModelFileError)
    -> ModelContents
  {
    try contents(try MappedFile.copying(bytes), weightFileBytes: weightFileBytes)
  }

  private static func contents(_ file: MappedFile, weightFileBytes: Int?) throws(ModelFileError) -> ModelContents {
    let graph = try graph(file, weightFileBytes)
    let description = ModelDescription(graph, file: file, weightFileBytes: weightFileBytes)
    return ModelContents(
      description: description,
      tensors: { ((try? Self.graph(file, weightFileBytes))?.constants ?? []).map { StoredTensor($0) } },
      settings: {
        graph.information.sorted { $0.key < $1.key }.map {
          StoredSetting(key: $0.key, type: "string", value: .string($0.value))
        }
      })
  }

  private static func graph(_ file: MappedFile, _ weightFileBytes: Int?) throws(ModelFileError) -> IRGraph {
    let builder = IRBuilder(weightFileBytes: weightFileBytes)
    try XMLReader.read(file, builder)
    return builder.graph
  }

  /// `<net` soon after the start; everything before it is declarations and comments.
  private static func isIR(_ file: MappedFile) -> Bool {
    let start = file.bytes.prefix(4096)
    guard start.first(where: { ![0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf].contains($0) }) == UInt8(ascii: "<") else {
      return false
    }
    if file.path?.lowercased().hasSuffix(".xml") == true { return true }
    let mark = Array("<net".utf8)
    return start.indices.dropLast(mark.count).contains { start[$0...].starts(with: mark) }
  }

  /// The size of the `.bin` file beside the XML file.
  private static func weightFileBytes(of file: MappedFile) throws(ModelFileError) -> Int? {
    guard let path = file.path else { return nil }
    let weights = (path.lowercased().hasSuffix(".xml") ? String(path.dropLast(4)) : path) + ".bin"
    var status = stat()
    guard stat(weights, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw ModelFileError(
        .missingPart,
        "The weights of this OpenVINO model are not beside it. Put the .bin file of the same name into the same folder.",
        path: weights)
    }
    return Int(status.st_size)
  }

  private static func models(_ folder: ModelFolder) -> [String] {
    folder.names(endingIn: ".xml").filter { name in
      let stem = String(name.dropLast(4))
      return folder.has(stem + ".bin") && !parts.contains { stem.contains($0) }
    }
  }

  private static func chosen(_ folder: ModelFolder) throws(ModelFileError) -> String {
    let names = models(folder)
    for usual in ["openvino_model.xml", "openvino_language_model.xml"] where names.contains(usual) { return usual }
    guard names.count == 1, let name = names.first else {
      throw ModelFileError(
        .directory,
        "This folder holds \(names.count) OpenVINO models: \(names.prefix(8).joined(separator: ", ")). Name one of them.",
        path: folder.path)
    }
    return name
  }

  /// The models beside the main one that are loaded with it, by the size of their weights.
  private static func components(_ folder: ModelFolder, except main: String) -> [ModelComponent] {
    folder.names(endingIn: ".bin").compactMap { name in
      let stem = String(name.dropLast(4))
      guard stem + ".xml" != main, folder.has(stem + ".xml"), !stem.contains("tokenizer") else { return nil }
      var status = stat()
      guard stat(folder.path(of: name), &status) == 0 else { return nil }
      let role: ModelComponent.Role =
        stem.contains("vision") || stem.contains("encoder")
        ? .visionEncoder : stem.contains("text") || stem.contains("language") ? .languageModel : .projector
      return ModelComponent(role: role, path: folder.path(of: name), bytes: Int(status.st_size))
    }
  }
}

extension StoredTensor {
  init(_ constant: IRGraph.Constant) {
    self.init(
      name: constant.name, shape: constant.shape.reversed(), format: constant.type.name, byteCount: constant.byteCount,
      byteOffset: constant.offset, fileIndex: 1)
  }
}
