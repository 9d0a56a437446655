/// The one way to open a model of any format.
package enum ModelFile {
  /// Opens the file or folder at `path` with the reader of its format.
  ///
  /// The format is known by signature and contents, not by the name; what no reader recognizes is refused by the name of
  /// what it is, if that is known.
  package static func open(path: String) throws(ModelFileError) -> ModelContents {
    try read(ModelPlace(path: path))
  }

  /// Describes the model at `path`.
  package static func describe(path: String) throws(ModelFileError) -> ModelDescription {
    try open(path: path).description
  }

  /// Reads a model of one file from memory.
  package static func parse(_ bytes: some Collection<UInt8>) throws(ModelFileError) -> ModelContents {
    try read(.file(try MappedFile.copying(bytes)))
  }

  /// Reads what `place` holds.
  package static func read(_ place: ModelPlace) throws(ModelFileError) -> ModelContents {
    for reader in ModelReaders.all where reader.recognizes(place) { return try reader.read(place) }
    switch place {
    case .file(let file): throw FileSignature.refusal(of: file, expecting: ModelReaders.all.map { $0.title })
    case .folder(let folder): throw refusal(of: folder)
    }
  }

  private static func refusal(of folder: ModelFolder) -> ModelFileError {
    let more = folder.names.count > 5 ? " and \(folder.names.count - 5) more" : ""
    let found =
      folder.names.isEmpty
      ? "is empty"
      : "holds \(folder.names.prefix(5).joined(separator: ", "))\(more), which is none of the models that are read"
    return ModelFileError(
      .notAModel,
      "This folder \(found). Expected one of: "
        + "\(ModelReaders.all.map { $0.title }.joined(separator: ", ")). Name the model's own folder or file.",
      path: folder.path)
  }
}
