#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file beside an ONNX model that holds values of its tensors; only its size is asked for.
struct ExternalFile: Hashable {
  /// The name as the model writes it, below the model's folder.
  let location: String
  let path: String
  let bytes: Int

  /// More files than any exporter writes.
  static let most = 100_000

  /// Looks for `location` beside the model; names that lead out of its folder, or to the model itself, are refused.
  init(location: String, of file: MappedFile, tensor: String, at offset: Int) throws(ModelFileError) {
    guard let model = file.path else {
      throw ModelFileError(
        .missingPart, "The values of '\(tensor)' are in another file, '\(location)'. Name the model by its path.",
        byteOffset: offset)
    }
    let parts = location.split(separator: "/", omittingEmptySubsequences: false)
    guard !location.isEmpty, !location.hasPrefix("/"), !location.utf8.contains(0), !parts.contains(".."),
      !location.contains("\\")
    else {
      throw ModelFileError(
        .malformed,
        "The values of '\(tensor)' are said to be in '\(location)', which is no name below the model's own folder, so it "
          + "is not opened. Export the model again, or do not trust it.", path: model, byteOffset: offset)
    }
    let folder = model.lastIndex(of: "/").map { String(model[...$0]) } ?? ""
    self.location = location
    path = folder + location
    var status = stat()
    guard stat(path, &status) == 0 else {
      let reason =
        errno == ENOENT || errno == ENOTDIR
        ? "is not there. Put it beside the model under that name."
        : "cannot be looked at: \(String(cString: strerror(errno)))."
      throw ModelFileError(
        .missingPart, "The values of '\(tensor)' are in '\(location)', which \(reason)", path: path)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw ModelFileError(
        .specialFile, "The values of '\(tensor)' are said to be in '\(location)', which is no regular file.", path: path
      )
    }
    var own = stat()
    if stat(model, &own) == 0, own.st_dev == status.st_dev, own.st_ino == status.st_ino {
      throw ModelFileError(
        .malformed,
        "The values of '\(tensor)' are said to be in another file, '\(location)', which is the model itself. "
          + "Export the model again.", path: model, byteOffset: offset)
    }
    bytes = Int(status.st_size)
  }
}
