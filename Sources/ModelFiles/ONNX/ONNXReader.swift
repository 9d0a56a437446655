import JSON

/// Reads ONNX models: a file, or the folder of an exporter.
package enum ONNXReader: ModelReader {
  package static let title = "an ONNX model (*.onnx)"

  package static func recognizes(_ place: ModelPlace) -> Bool {
    switch place {
    case .file(let file): isONNX(file)
    case .folder(let folder): folder.has(GenerationSettings.fileName) || !candidates(folder).isEmpty
    }
  }

  package static func read(_ place: ModelPlace) throws(ModelFileError) -> ModelContents {
    switch place {
    case .file(let file): return try contents(file)
    case .folder(let folder):
      var description = try contents(try MappedFile.open(path: try chosen(folder)))
      description.description.storage = .folder
      return description
    }
  }

  /// Reads a model from memory; one with external values is refused.
  package static func parse(_ bytes: some Collection<UInt8>) throws(ModelFileError) -> ModelContents {
    try contents(try MappedFile.copying(bytes))
  }

  private static func contents(_ file: MappedFile) throws(ModelFileError) -> ModelContents {
    let graph = try GraphWalker.walk(file)
    let description = try ModelDescription(graph, file: file)
    // The list of tensors can be long; whoever wants it has the graph walked again.
    return ModelContents(
      description: description,
      tensors: { ((try? GraphWalker.walk(file))?.tensors ?? []).map { StoredTensor($0) } },
      settings: {
        graph.head.properties.prefix(1024).map {
          StoredSetting(key: $0.key, type: "string", value: .string(String($0.value.prefix(4096))))
        }
      })
  }

  /// A version of the format, then a field that a model has; or a file that is called so, which may be damaged.
  private static func isONNX(_ file: MappedFile) -> Bool {
    let bytes = file.bytes
    if file.path?.lowercased().hasSuffix(".onnx") == true, !bytes.starts(with: "version https://git-lfs".utf8) {
      return true
    }
    guard bytes.count > 2, bytes[0] == 0x08, (1...32).contains(bytes[1]) else { return false }
    // Fields 2 to 4, 6 to 8, 14, 20 and 25 are strings and messages, 5 is a number.
    return [0x12, 0x1a, 0x22, 0x28, 0x32, 0x3a, 0x42, 0x72, 0xa2, 0xca].contains(bytes[2])
  }

  private static func candidates(_ folder: ModelFolder) -> [String] {
    let here = folder.names(endingIn: ".onnx")
    guard here.isEmpty, folder.has("onnx"), folder.names(endingIn: ".safetensors").isEmpty,
      ModelFolder.isFolder(folder.path(of: "onnx")), let below = try? ModelFolder(path: folder.path(of: "onnx"))
    else { return here }
    return below.names(endingIn: ".onnx").map { "onnx/" + $0 }
  }

  /// The file that the folder's configuration names, the one with the usual name, or the only one.
  private static func chosen(_ folder: ModelFolder) throws(ModelFileError) -> String {
    if folder.has(GenerationSettings.fileName) {
      let path = folder.path(of: GenerationSettings.fileName)
      if let name = try GenerationSettings(try MappedFile.open(path: path)).decoderFile {
        return try NeighborPath.resolve(name, in: folder.path, namedBy: path, "'model.decoder.filename'")
      }
    }
    let names = candidates(folder)
    for usual in ["model.onnx", "onnx/model.onnx", "decoder_model_merged.onnx", "onnx/decoder_model_merged.onnx"]
    where names.contains(usual) {
      return folder.path(of: usual)
    }
    guard names.count == 1, let name = names.first else {
      throw ModelFileError(
        .directory,
        "This folder holds \(names.count) ONNX models: \(names.prefix(8).joined(separator: ", ")). Name one of them.",
        path: folder.path)
    }
    return folder.path(of: name)
  }
}

extension StoredTensor {
  init(_ tensor: ONNXGraph.Stored) {
    self.init(
      name: tensor.name, shape: tensor.shape.reversed(), format: tensor.type.name, byteCount: tensor.byteCount)
    switch tensor.place {
    case .embedded(let offset): byteOffset = offset
    case .external(let index, let offset):
      byteOffset = offset
      fileIndex = index + 1
    case .fields: break
    }
  }
}
