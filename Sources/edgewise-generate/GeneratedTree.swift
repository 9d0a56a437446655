#if canImport(Glibc)
  import Glibc
  private let unistdWrite = Glibc.write
#elseif canImport(Darwin)
  import Darwin
  private let unistdWrite = Darwin.write
#endif

/// The files on disk, relative to the current folder.
enum GeneratedTree {
  struct WriteError: Error, CustomStringConvertible {
    let path: String
    let description: String
  }

  /// The text of a file, or nil when there is none.
  static func read(_ path: String) -> String? {
    guard let file = fopen(path, "rb") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      if count == 0 { break }
      bytes += chunk[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Writes a file, and makes the folder that it is in.
  static func write(_ path: String, _ text: String) throws {
    let folder = path.split(separator: "/").dropLast().joined(separator: "/")
    if !folder.isEmpty, mkdir(folder, 0o755) != 0, errno != EEXIST {
      throw WriteError(path: path, description: "cannot make \(folder): \(String(cString: strerror(errno)))")
    }
    guard let file = fopen(path, "wb") else {
      throw WriteError(path: path, description: "cannot write \(path): \(String(cString: strerror(errno)))")
    }
    let bytes = Array(text.utf8)
    let written = fwrite(bytes, 1, bytes.count, file)
    if fclose(file) != 0 || written != bytes.count {
      throw WriteError(path: path, description: "\(path) was not written whole: \(String(cString: strerror(errno)))")
    }
  }

  /// Writes a line to standard error.
  static func say(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = bytes.withUnsafeBytes { unistdWrite(2, $0.baseAddress, $0.count) }
  }

  /// The names of the files in a folder.
  static func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }
}
