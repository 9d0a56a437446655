#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Finds the parts of a split model beside the one that was named, and holds them against each other.
enum SplitReader {
  static func open(_ split: SplitInfo, path: String) throws(ModelFileError) -> GGUFFile {
    guard let name = SplitName(path: path), name.count == split.count, name.number == split.index + 1 else {
      throw ModelFileError(
        .inconsistentParts,
        "This is part \(split.index + 1) of a model of \(split.count) files, so its name must end in "
          + "'\(SplitName.suffix(split))' for the other parts to be found. Give the parts their original names.",
        path: path)
    }
    let paths = (1...split.count).map { name.path(number: $0) }
    try requireAll(paths, path: path)
    var parts: [GGUFPart] = []
    var files: [MappedFile] = []
    var owners: [String: Int] = [:]
    for (index, partPath) in paths.enumerated() {
      let file = try MappedFile.open(path: partPath)
      let part = try GGUFParser.parse(file, fileIndex: index)
      let own = try SplitInfo(part.metadata, path: partPath)
      guard let own, own.index == index, own.count == split.count else {
        let found = own.map { "part \($0.index + 1) of \($0.count)" } ?? "no part of a split model"
        throw ModelFileError(
          .inconsistentParts, "Expected part \(index + 1) of \(split.count), found \(found). Copy the parts again.",
          path: partPath)
      }
      for tensor in part.tensors {
        if let first = owners.updateValue(index, forKey: tensor.name) {
          throw ModelFileError(
            .inconsistentParts,
            "The tensor '\(tensor.name)' is also in \(paths[first]). The parts do not belong "
              + "together, or were split wrongly: copy or split the model again.", path: partPath)
        }
      }
      parts.append(part)
      files.append(file)
    }
    if let expected = split.tensorCount, expected != owners.count {
      throw ModelFileError(
        .inconsistentParts,
        "The \(split.count) parts hold \(owners.count) tensors, but 'split.tensors.count' is "
          + "\(expected). The parts do not belong together: copy or split the model again.", path: path)
    }
    return GGUFFile(parts: parts, files: files, split: split)
  }

  private static func requireAll(_ paths: [String], path: String) throws(ModelFileError) {
    let missing = paths.filter { access($0, F_OK) != 0 }
    guard !missing.isEmpty else { return }
    let named = missing.prefix(5).joined(separator: ", ")
    let more = missing.count > 5 ? " and \(missing.count - 5) more" : ""
    throw ModelFileError(
      .missingPart,
      "The model has \(paths.count) files and \(missing.count) of them are missing: \(named)\(more). "
        + "Put all parts into one folder.", path: path)
  }
}
