#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A folder for the user alone, in `TMPDIR` or `/tmp`, with what is put there.
struct TemporaryFolder {
  let path: String

  /// Makes the folder; `Refusal` where none can be made.
  init() throws(Refusal) {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array((base + "/edgewise-" + String(repeating: "X", count: 6)).utf8CString)
    let isMade = template.withUnsafeMutableBufferPointer { $0.baseAddress.map { mkdtemp($0) != nil } ?? false }
    guard isMade else {
      throw Refusal(
        .measurementFailed,
        "No folder for temporary models could be made in '\(base)': \(String(cString: strerror(errno))). Set TMPDIR to one."
      )
    }
    path = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? base }
  }

  /// Removes what is in the folder.
  func empty() { Self.empty(path, depth: 0) }

  /// Removes the folder with what is in it.
  func remove() {
    empty()
    rmdir(path)
  }

  private static func empty(_ path: String, depth: Int) {
    // Programs that ran there may have left anything.
    guard depth < 16, let folder = opendir(path) else { return }
    defer { closedir(folder) }
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard name != ".", name != ".." else { continue }
      let child = path + "/" + name
      // A link is removed, never followed.
      if unlink(child) != 0 {
        empty(child, depth: depth + 1)
        rmdir(child)
      }
    }
  }
}
