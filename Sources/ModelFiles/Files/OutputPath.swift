#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Checks of a path before a model is written to it.
enum OutputPath {
  /// Throws unless `path` ends in `.gguf`, lies in an existing folder and is free, or is a GGUF file that may be replaced.
  static func check(_ path: String, overwrites: Bool) throws(ModelFileError) {
    guard path.lowercased().hasSuffix(".gguf"), !path.utf8.contains(0) else {
      throw ModelFileError(.notWritable, "The path of the output must end in '.gguf'. Give such a path.", path: path)
    }
    var status = stat()
    guard stat(folder(of: path), &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw ModelFileError(
        .notWritable, "There is no folder '\(folder(of: path))' to write to. Create it, or choose another path.",
        path: path)
    }
    guard lstat(path, &status) == 0 else { return }
    guard overwrites else {
      throw ModelFileError(
        .exists, "There is something with this path already. Choose another path, or allow to overwrite it.", path: path
      )
    }
    guard status.st_mode & S_IFMT == S_IFREG, isGGUF(path) else {
      throw ModelFileError(
        .exists, "This is not a GGUF file, so it is not overwritten. Choose another path.", path: path)
    }
  }

  /// Throws when the file system of `path` has less than `bytes` to give to this user.
  static func requireRoom(_ bytes: Int, beside path: String) throws(ModelFileError) {
    var status = statvfs()
    guard statvfs(folder(of: path), &status) == 0 else { return }
    let (free, overflow) = Int(clamping: status.f_bavail).multipliedReportingOverflow(
      by: Int(clamping: status.f_frsize))
    guard overflow || free >= bytes else {
      throw ModelFileError(
        .noSpace,
        "The file takes \(bytes) bytes, but the disk has \(free) left. Free some room, choose a smaller format or fewer "
          + "layers, or another disk.", path: path)
    }
  }

  /// The folder that a path lies in.
  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func isGGUF(_ path: String) -> Bool {
    guard let file = try? MappedFile.open(path: path) else { return false }
    return file.bytes.prefix(4).elementsEqual("GGUF".utf8)
  }
}
