/// Reads safetensors files and indexes by their path; the configuration beside them tells the shape.
package enum SafetensorsReader: ModelReader {
  package static let title = "a safetensors file"

  package static func recognizes(_ place: ModelPlace) -> Bool {
    guard case .file(let file) = place else { return false }
    return SafetensorsFile.looksLike(file) || file.path?.hasSuffix(".safetensors.index.json") == true
  }

  package static func read(_ place: ModelPlace) throws(ModelFileError) -> ModelContents {
    guard case .file(let file) = place else {
      throw ModelFileError(.notAModel, "Expected a file.", path: place.path)
    }
    guard let path = file.path, let folder = place.folderPath else {
      return try HuggingFaceReader.contents(HuggingFaceFolder(try SafetensorsModel(try SafetensorsParser.parse(file))))
    }
    var contents = try HuggingFaceReader.contents(
      try HuggingFaceFolder(try ModelFolder(path: folder), weightsPath: path))
    contents.description.source = path
    contents.description.storage = (contents.description.fileCount ?? 1) > 1 ? .parts : .file
    return contents
  }

  /// The names of the files that an index names, from its bytes; each is one that may be opened.
  package static func files(index bytes: some Collection<UInt8>) throws(ModelFileError) -> [String] {
    let index = try SafetensorsIndex.parse(try MappedFile.copying(bytes))
    for name in index.files { _ = try NeighborPath.resolve(name, in: ".", namedBy: nil, "A file of 'weight_map'") }
    return index.files
  }
}
