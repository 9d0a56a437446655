#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The checkout that the tests were built from.
package enum Repository {
  /// The folder that holds `Package.swift`.
  package static let root: String = {
    let parts = "\(#filePath)".split(separator: "/").dropLast(3)
    return "/" + parts.joined(separator: "/")
  }()

  /// The text of a file, by its path below the root; nil when it cannot be read.
  package static func text(_ path: String) -> String? {
    bytes(path).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The bytes of a file, by its path below the root; nil when it cannot be read.
  package static func bytes(_ path: String) -> [UInt8]? {
    guard let file = fopen(root + "/" + path, "rb") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
  }

  /// The names in a folder below the root, sorted, without `.` and `..`.
  package static func names(_ folder: String) -> [String] {
    guard let directory = opendir(root + "/" + folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Every file below a folder whose name has one of the endings, as paths below the root.
  package static func files(below folder: String, endings: [String]) -> [String] {
    names(folder).flatMap { name -> [String] in
      let path = folder.isEmpty ? name : folder + "/" + name
      if isFolder(path) {
        return name.hasPrefix(".") || name == "__pycache__" ? [] : files(below: path, endings: endings)
      }
      return endings.contains { name.hasSuffix($0) } ? [path] : []
    }
  }

  /// Whether the path below the root is a folder.
  package static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(root + "/" + path, &status) == 0 && (status.st_mode & S_IFMT) == S_IFDIR
  }
}
