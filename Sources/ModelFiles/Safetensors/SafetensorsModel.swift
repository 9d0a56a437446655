#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The weights of a model in one or several safetensors files, which are closed again when their heads are read.
package struct SafetensorsModel: Sendable {
  /// The tensors of all files, by file and then by place.
  package private(set) var tensors: [SafetensorsTensor] = []
  package private(set) var fileCount = 0
  package private(set) var fileBytes = 0
  /// The text under `__metadata__` of the first file.
  package private(set) var metadata: [String: String] = [:]
  /// What the files themselves say of how their tensors are packed.
  private(set) var packing = StoredPacking()
  /// What does not fit together but does no harm, as sentences.
  private(set) var notes: [String] = []
  /// The file of each tensor.
  private var owners: [String: Int] = [:]
  private var names: [String] = []

  /// Weights without any file.
  init() {}

  init(_ file: SafetensorsFile) throws(ModelFileError) {
    try add(file)
  }

  /// Opens the files at `paths` as one model.
  init(paths: [String]) throws(ModelFileError) {
    for path in paths { try add(try SafetensorsFile.open(path: path)) }
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
    var model = try SafetensorsModel(paths: paths)
    try model.check(against: index, path: path)
    return model
  }

  /// Adds the tensors of a file, their names after `prefix`; throws when one of them is there already.
  mutating func add(_ file: SafetensorsFile, prefix: String = "") throws(ModelFileError) {
    for var tensor in file.tensors {
      if !prefix.isEmpty { tensor.name = prefix + tensor.name }
      if let first = owners.updateValue(fileCount, forKey: tensor.name) {
        throw ModelFileError(
          .inconsistentParts,
          "The tensor '\(tensor.name)' is also in \(names[first]). The files do not belong together: download them "
            + "again.", path: file.file.path)
      }
      tensor.fileIndex = fileCount
      tensors.append(tensor)
    }
    guard tensors.count <= SafetensorsIndex.mostTensors else {
      throw ModelFileError(.malformed, "The files have more tensors than any model has.", path: file.file.path)
    }
    packing.add(file, prefix: prefix)
    if fileCount == 0 { metadata = file.metadata }
    names.append(file.file.path ?? "memory")
    fileBytes += file.file.bytes.count
    fileCount += 1
  }

  private mutating func check(against index: SafetensorsIndex, path: String) throws(ModelFileError) {
    var missing = index.owners
    for tensor in tensors {
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
    let extra = tensors.count - index.owners.count
    if extra > 0 { notes.append("\(extra) tensors of the files are not in the index; loaders leave them out.") }
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
