/// What a path leads to, looked at once so that every reader can say whether it is of its format.
package enum ModelPlace: Sendable {
  /// A mapped file.
  case file(MappedFile)
  /// A folder and what is in it.
  case folder(ModelFolder)

  /// Opens the file or folder at `path`.
  package init(path: String) throws(ModelFileError) {
    self = ModelFolder.isFolder(path) ? .folder(try ModelFolder(path: path)) : .file(try MappedFile.open(path: path))
  }

  package var path: String? {
    switch self {
    case .file(let file): file.path
    case .folder(let folder): folder.path
    }
  }

  /// The folder itself, or the one that the file lies in; nil for bytes in memory.
  package var folderPath: String? {
    switch self {
    case .file(let file):
      file.path.map { path in path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "." }
    case .folder(let folder): folder.path
    }
  }
}
