#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The files of a system below a root, which is `/` here and a recorded tree in tests.
///
/// Nothing read is trusted: only regular files up to a cap are read, text is repaired to valid UTF-8, and numbers that
/// do not parse are absent.
package struct SystemFiles: Sendable {
  /// The folder that stands for `/`, without a slash at its end; empty for the real root.
  package let root: String
  /// The environment variables that probes look at.
  package let environment: [String: String]
  /// The folders of `PATH`, each once, at most 64.
  package let searchPath: [String]

  package init(root: String = "", environment: [String: String] = SystemFiles.processEnvironment) {
    self.root = root.hasSuffix("/") ? String(root.dropLast()) : root
    self.environment = environment
    var seen: Set<String> = []
    searchPath = (environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":").prefix(64)
      .map(String.init).filter { $0.hasPrefix("/") && seen.insert($0).inserted }
  }

  /// The files of the machine that runs this process.
  package static let thisMachine = SystemFiles()

  /// Whether these are the real files, so that calls to the kernel and to libraries tell about the same machine.
  package var isThisMachine: Bool { root.isEmpty }

  /// The longest file that is read, in bytes.
  package static let sizeCap = 1 << 18

  /// The text of the file, or nil when it is absent, unreadable or not a regular file; cut at `cap` bytes.
  package func text(_ path: String, cap: Int = sizeCap) -> String? {
    bytes(path, cap: cap).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The bytes of the file, as `text` reads them.
  package func bytes(_ path: String, cap: Int = sizeCap) -> [UInt8]? {
    // O_NONBLOCK: opening a named pipe must not wait for a writer.
    let descriptor = open(root + path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    var result: [UInt8] = []
    // Files of procfs and sysfs have no honest size: grow until the end or the cap.
    while result.count < cap {
      let wanted = min(cap - result.count, max(4096, result.count))
      var got = 0
      let chunk = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
        repeat { got = read(descriptor, buffer.baseAddress, wanted) } while got < 0 && errno == EINTR
        count = max(0, got)
      }
      if got < 0 { return result.isEmpty ? nil : result }
      if got == 0 { break }
      result += chunk
    }
    return result
  }

  /// The first line without surrounding white space, or nil when there is none.
  package func line(_ path: String) -> String? {
    guard let text = text(path, cap: 4096) else { return nil }
    let line = text.split(whereSeparator: \.isNewline).first.map { String($0).trimmed } ?? ""
    // Strings of the device tree end in a zero byte.
    let clean = String(line.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 }.map(Character.init))
    return clean.isEmpty ? nil : clean
  }

  /// The decimal number in the first line, or nil when there is none or it does not fit in 64 bits.
  package func integer(_ path: String) -> Int? { line(path).flatMap { Int($0) } }

  /// The names in the folder, sorted, at most 4096; empty when it is absent or unreadable.
  package func entries(_ path: String) -> [String] {
    guard let folder = opendir(root + path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while names.count < 4096, let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Whether anything has this path.
  package func exists(_ path: String) -> Bool { access(root + path, F_OK) == 0 }

  /// Whether this process may read the file.
  package func isReadable(_ path: String) -> Bool { access(root + path, R_OK) == 0 }

  /// Whether this is a regular file that may be run.
  package func isExecutable(_ path: String) -> Bool {
    var status = stat()
    return access(root + path, X_OK) == 0 && stat(root + path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// The target of the symbolic link, or nil when it is none.
  package func link(_ path: String) -> String? {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let length = buffer.withUnsafeMutableBytes { bytes in
      guard let base = bytes.baseAddress else { return 0 }
      return readlink(root + path, base.assumingMemoryBound(to: CChar.self), bytes.count)
    }
    return length > 0 ? String(decoding: buffer.prefix(length), as: UTF8.self) : nil
  }

  /// The path of a program: the first in `PATH`, then in `wellKnown` folders; nil when it is nowhere.
  package func program(_ name: String, wellKnown: [String] = []) -> String? {
    for folder in searchPath + wellKnown {
      let path = folder + "/" + name
      if isExecutable(path) { return path }
    }
    return nil
  }
}

extension SystemFiles {
  /// The variables of this process that probes look at.
  package static var processEnvironment: [String: String] {
    var result: [String: String] = [:]
    for name in [
      "PATH", "HOME", "VIRTUAL_ENV", "CONDA_PREFIX", "XDG_CACHE_HOME", "CUDA_HOME", "CUDA_PATH", "ROCM_PATH",
    ] {
      if let value = getenv(name) { result[name] = String(cString: value) }
    }
    return result
  }
}
