/// The path of a file that another file names, beside it.
enum NeighborPath {
  /// Joins `folder` and the `name` that `file` gives; refuses names that lead out of the folder.
  ///
  /// What a name inside the folder links to is the owner's choice (caches keep their files that way); what a file
  /// names is not.
  static func resolve(_ name: String, in folder: String, namedBy file: String?, _ what: String) throws(ModelFileError)
    -> String
  {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    let problem: String? =
      if name.isEmpty {
        "it is empty"
      } else if name.utf8.contains(0) {
        "it contains a zero byte"
      } else if name.utf8.count > 1024 {
        "it is longer than 1024 bytes"
      } else if name.hasPrefix("/") || name.hasPrefix("~") || name.contains("\\") || name.contains("://") {
        "it is no path relative to the folder"
      } else if parts.contains("..") {
        "it leads out of the folder"
      } else if parts.contains("") || parts.contains(".") {
        "it has an empty part"
      } else {
        nil
      }
    if let problem {
      throw ModelFileError(
        .malformed,
        "\(what) is '\(name.prefix(100))', which is refused because \(problem). Expected the name of a file in the same "
          + "folder. Do not use this model unless you know where it comes from.", path: file)
    }
    return folder == "/" ? "/" + name : folder + "/" + name
  }
}
