#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A folder of a model and the names in it; nothing but the names is read.
package struct ModelFolder: Sendable {
  package let path: String
  /// The names in the folder itself, sorted, without `.` and `..`.
  package let names: [String]

  /// More entries than any model has; a folder of millions of files must not cost memory.
  static let mostNames = 20000

  package init(path: String) throws(ModelFileError) {
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    guard let stream = opendir(path) else { throw Self.failure(path) }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { raw in
        String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
      guard names.count <= Self.mostNames else {
        throw ModelFileError(
          .notAModel,
          "The folder has more than \(Self.mostNames) entries, which no model has. Name the model's own folder.",
          path: path)
      }
    }
    self.names = names.sorted()
  }

  package func has(_ name: String) -> Bool { names.contains(name) }

  /// The path of an entry.
  package func path(of name: String) -> String { path == "/" ? "/" + name : path + "/" + name }

  /// The names that end in `suffix`, in any letter case.
  package func names(endingIn suffix: String) -> [String] { names.filter { $0.lowercased().hasSuffix(suffix) } }

  package static func isFolder(_ path: String) -> Bool {
    guard !path.isEmpty, !path.utf8.contains(0) else { return false }
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  private static func failure(_ path: String) -> ModelFileError {
    errno == EACCES || errno == EPERM
      ? ModelFileError(
        .notPermitted, "Permission denied. Allow this user to list the folder (chmod +rx) or run as its owner.",
        path: path)
      : ModelFileError(
        .unreadable, "The system cannot list the folder: \(String(cString: strerror(errno))).", path: path)
  }
}
