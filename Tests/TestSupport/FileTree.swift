#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A folder of small files in the temporary folder that is removed with the object.
package final class FileTree: Sendable {
  /// The path of the folder, without a slash at its end.
  package let path: String

  /// Writes each of `files` (path below the folder to contents), making folders as needed.
  package init(_ files: [String: String]) throws(FileTreeError) {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array((base + "/edgewise-tree-" + String(repeating: "X", count: 6)).utf8CString)
    guard mkdtemp(&template) != nil else { throw FileTreeError(path: base, code: errno) }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    for (name, text) in files { try write(Array(text.utf8), to: name) }
  }

  /// Writes the bytes to `name` below the folder, which may begin with a slash; the file may be run when it is a script.
  package func write(_ bytes: [UInt8], to name: String) throws(FileTreeError) {
    let parts = name.split(separator: "/").map(String.init)
    var folder = path
    for part in parts.dropLast() {
      folder += "/" + part
      if mkdir(folder, 0o755) != 0, errno != EEXIST { throw FileTreeError(path: folder, code: errno) }
    }
    let file = path + "/" + parts.joined(separator: "/")
    let descriptor = open(
      file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, bytes.starts(with: Array("#!".utf8)) ? 0o755 : 0o644)
    guard descriptor >= 0 else { throw FileTreeError(path: file, code: errno) }
    defer { close(descriptor) }
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes { fileWrite(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { throw FileTreeError(path: file, code: errno) }
      done += count
    }
  }

  /// The names in the folder, sorted.
  package func names() -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  deinit { Self.remove(path) }

  private static func remove(_ path: String) {
    if let folder = opendir(path) {
      while let entry = readdir(folder) {
        let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
          String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        guard name != ".", name != ".." else { continue }
        let child = path + "/" + name
        // A link is removed, never followed.
        if unlink(child) != 0 { remove(child) }
      }
      closedir(folder)
    }
    rmdir(path)
  }
}

/// A file of a fixture could not be written.
package struct FileTreeError: Error {
  package let path: String
  package let code: Int32
}

/// The system's `write`, which inside `FileTree` its own method hides.
private func fileWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
