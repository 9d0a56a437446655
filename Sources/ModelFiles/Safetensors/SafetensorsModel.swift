#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The weights of a model in one or several safetensors files.
package struct SafetensorsModel: Sendable {
  package let files: [SafetensorsFile]
  /// The tensors of all files, by file and then by place.
  package let tensors: [SafetensorsTensor]
  /// What does not fit together but does no harm, as sentences.
  let notes: [String]

  package var fileBytes: Int { files.reduce(0) { $0 + $1.file.bytes.count } }
  /// The text under `__metadata__` of the first file.
  package var metadata: [String: String] { files.first?.metadata ?? [:] }

  init(_ file: SafetensorsFile) {
    files = [file]
    tensors = file.tensors
    notes = []
  }

  /// Opens the files that the index at `path` names; they lie beside it.
  static func open(index path: String) throws(ModelFileError) -> SafetensorsModel {
    let index = try SafetensorsIndex.open(path: path)
    let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    var paths: [String] = []
    for name in index.files {
      paths.append(try NeighborPath.resolve(name, in: folder, namedBy: path, "A file of 'weight_map'"))
    }
    try requireAll(paths, names: index.files, path: path)
    let model = try SafetensorsModel(paths: paths)
    var notes: [String] = []
    var missing = index.owners
    for tensor in model.tensors {
      guard let owner = missing.removeValue(forKey: tensor.name) else { continue }
      guard owner == tensor.fileIndex else {
        throw ModelFileError(
          .inconsistentParts,
          "The index has '\(tensor.name)' in \(index.files[owner]), but it is in \(index.files[tensor.fileIndex]). "
            + "The files do not belong together: download them again.", path: path)
      }
    }
    if let absent = missing.min(by: { $0.key < $1.key }) {
      throw ModelFileError(
        .inconsistentParts,
        "The index has \(missing.count) tensors that are not in the files, such as '\(absent.key)' of "
          + "\(index.files[absent.value]). The files do not belong together: download them again.", path: path)
    }
    let extra = model.tensors.count - index.owners.count
    if extra > 0 { notes.append("\(extra) tensors of the files are not in the index; loaders leave them out.") }
    return SafetensorsModel(files: model.files, tensors: model.tensors, notes: notes)
  }

  /// Opens the files at `paths` as one model.
  init(paths: [String]) throws(ModelFileError) {
    var files: [SafetensorsFile] = []
    var tensors: [SafetensorsTensor] = []
    var owners: [String: Int] = [:]
    for (index, path) in paths.enumerated() {
      let file = try SafetensorsFile.open(path: path)
      for var tensor in file.tensors {
        if let first = owners.updateValue(index, forKey: tensor.name) {
          throw ModelFileError(
            .inconsistentParts,
            "The tensor '\(tensor.name)' is also in \(paths[first]). The files do not belong together: download them "
              + "again.", path: path)
        }
        tensor.fileIndex = index
        tensors.append(tensor)
      }
      guard tensors.count <= SafetensorsIndex.mostTensors else {
        throw ModelFileError(.malformed, "The files have more tensors than any model has.", path: path)
      }
      files.append(file)
    }
    self.init(files: files, tensors: tensors, notes: [])
  }

  private init(files: [SafetensorsFile], tensors: [SafetensorsTensor], notes: [String]) {
    self.files = files
    self.tensors = tensors
    self.notes = notes
  }

  private static func requireAll(_ paths: [String], names: [String], path: String) throws(ModelFileError) {
    let missing = zip(paths, names).filter { access($0.0, F_OK) != 0 }.map(\.1)
    guard !missing.isEmpty else { return }
    let named = missing.prefix(5).joined(separator: ", ")
    let more = missing.count > 5 ? " and \(missing.count - 5) more" : ""
    throw ModelFileError(
      .missingPart,
      "The index names \(paths.count) files and \(missing.count) of them are missing: \(named)\(more). "
        + "Download them into the same folder.", path: path)
  }
}
