/// Reads folders as Hugging Face's Diffusers saves image generators: an index that names parts in folders beside it.
package enum DiffusersReader: ModelReader {
  package static let title = "a Diffusers folder (model_index.json)"

  package static func recognizes(_ place: ModelPlace) -> Bool {
    guard case .folder(let folder) = place else { return false }
    return folder.has(DiffusersIndex.fileName)
  }

  package static func read(_ place: ModelPlace) throws(ModelFileError) -> ModelContents {
    guard case .folder(let folder) = place else {
      throw ModelFileError(.notAModel, "Expected a folder.", path: place.path)
    }
    let indexPath = folder.path(of: DiffusersIndex.fileName)
    let index = try DiffusersIndex(try Configuration.open(path: indexPath))
    let missing = index.entries.filter { !ModelFolder.isFolder(folder.path(of: $0.name)) }
    guard missing.isEmpty else {
      throw ModelFileError(
        .missingPart,
        "The index names \(index.entries.count) parts and \(missing.count) of their folders are missing: "
          + "\(missing.prefix(8).map(\.name).joined(separator: ", ")). Download them beside the index.", path: indexPath
      )
    }
    var parts: [DiffusersPart] = []
    for entry in index.entries {
      parts.append(try DiffusersPart(entry, try ModelFolder(path: folder.path(of: entry.name))))
    }
    return contents(index, parts, folder)
  }

  /// The names of the parts of an index, from its bytes; each is the name of a folder beside it.
  package static func parts(index bytes: some Collection<UInt8>) throws(ModelFileError) -> [String] {
    try DiffusersIndex(try Configuration.parse(try MappedFile.copying(bytes))).entries.map(\.name)
  }

  private static func contents(_ index: DiffusersIndex, _ parts: [DiffusersPart], _ folder: ModelFolder)
    -> ModelContents
  {
    var first = 0
    var tensors: [StoredTensor] = []
    for part in parts {
      for var tensor in part.tensors {
        tensor.fileIndex += first
        tensors.append(tensor)
      }
      first += part.fileCount
    }
    let all = tensors
    return ModelContents(
      description: ModelDescription(index, parts, folder),
      tensors: { all },
      settings: {
        StoredSetting.all(index.configuration.object, prefix: "")
          + parts.flatMap { part in
            part.configuration.map { StoredSetting.all($0.object, prefix: part.entry.name + ".") } ?? []
          }
      })
  }
}
