#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A regular file mapped read-only into memory; pages are read when they are touched.
///
/// `@unchecked Sendable`: the mapping is never written and its address never changes; it is unmapped only when the last
/// reference is gone, so every thread may read it.
package final class MappedFile: @unchecked Sendable {
  /// The path that was opened; nil for bytes that came from memory.
  package let path: String?
  /// The content; valid as long as this object lives.
  package let bytes: UnsafeRawBufferPointer
  /// The open file; -1 for bytes that came from memory.
  private let descriptor: Int32

  private init(path: String?, bytes: UnsafeRawBufferPointer, descriptor: Int32) {
    self.path = path
    self.bytes = bytes
    self.descriptor = descriptor
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    guard let base = bytes.baseAddress else { return }
    munmap(UnsafeMutableRawPointer(mutating: base), bytes.count)
  }

  /// Maps the regular file at `path`; never waits on a pipe or a device, and says what the path is instead.
  package static func open(path: String) throws(ModelFileError) -> MappedFile {
    guard !path.isEmpty else { throw ModelFileError(.notFound, "The path is empty. Give the path of a model file.") }
    guard !path.utf8.contains(0) else {
      throw ModelFileError(.notFound, "The path contains a zero byte, which no file name can. Check how it was made.")
    }
    var status = stat()
    // Asked before opening, because opening some devices has effects.
    guard stat(path, &status) == 0 else { throw failure(errno, path: path) }
    try requireRegularFile(status, path: path)
    let descriptor = Self.openDescriptor(path)
    guard descriptor >= 0 else { throw failure(errno, path: path) }
    var isKept = false
    defer { if !isKept { close(descriptor) } }
    guard fstat(descriptor, &status) == 0 else { throw failure(errno, path: path) }
    try requireRegularFile(status, path: path)
    guard let size = Int(exactly: status.st_size), size > 0 else {
      throw ModelFileError(
        .notAModel, "The file is empty (0 bytes). Download or copy it again.", path: path, byteOffset: 0)
    }
    guard let base = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), base != MAP_FAILED else {
      throw failure(errno, path: path)
    }
    isKept = true
    return MappedFile(path: path, bytes: UnsafeRawBufferPointer(start: base, count: size), descriptor: descriptor)
  }

  /// Copies the bytes from `offset` on into `target`, which end within the file; false when the system cannot read them, as when
  /// the file has become shorter.
  ///
  /// Reads instead of touching the mapping: that spares a fault for every page, and a file that shrinks is no trap.
  package func copy(from offset: Int, into target: UnsafeMutableRawBufferPointer) -> Bool {
    guard descriptor >= 0 else {
      target.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + target.count]))
      return true
    }
    var done = 0
    while done < target.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: target[done...])
      let count = pread(descriptor, rest.baseAddress, rest.count, off_t(offset + done))
      if count > 0 { done += count } else if count == 0 || errno != EINTR { return false }
    }
    return true
  }

  /// The first `count` bytes as text, with invalid UTF-8 repaired.
  func text(first count: Int) -> String { String(decoding: bytes.prefix(count), as: UTF8.self) }

  /// Gives back the memory of pages that were read; they are read anew when they are touched.
  ///
  /// A copy has nothing to read them from and keeps them.
  package func releasePages() {
    guard descriptor >= 0, let base = bytes.baseAddress else { return }
    madvise(UnsafeMutableRawPointer(mutating: base), bytes.count, Int32(MADV_DONTNEED))
  }

  /// Makes a private copy of `content` that reads like a mapped file; fails when it is empty or memory is short.
  package static func copying(_ content: some Collection<UInt8>, path: String? = nil) throws(ModelFileError)
    -> MappedFile
  {
    let size = content.count
    guard size > 0 else {
      throw ModelFileError(.notAModel, "There are no bytes to read.", path: path, byteOffset: 0)
    }
    let flags = MAP_PRIVATE | MAP_ANONYMOUS
    guard let base = mmap(nil, size, PROT_READ | PROT_WRITE, flags, -1, 0), base != MAP_FAILED else {
      throw failure(errno, path: path ?? "memory")
    }
    UnsafeMutableRawBufferPointer(start: base, count: size).copyBytes(from: content)
    mprotect(base, size, PROT_READ)
    return MappedFile(path: path, bytes: UnsafeRawBufferPointer(start: base, count: size), descriptor: -1)
  }

  private static func openDescriptor(_ path: String) -> Int32 {
    #if canImport(Glibc)
      Glibc.open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    #else
      Darwin.open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    #endif
  }

  private static func requireRegularFile(_ status: stat, path: String) throws(ModelFileError) {
    switch status.st_mode & S_IFMT {
    case S_IFREG: return
    case S_IFDIR:
      throw ModelFileError(
        .directory, "This is a directory; expected a GGUF file. Name the .gguf file inside it.", path: path)
    case S_IFIFO: throw special("a pipe", path: path)
    case S_IFSOCK: throw special("a socket", path: path)
    case S_IFCHR: throw special("a character device", path: path)
    case S_IFBLK: throw special("a block device", path: path)
    default: throw special("no regular file", path: path)
    }
  }

  private static func special(_ what: String, path: String) -> ModelFileError {
    ModelFileError(
      .specialFile,
      "This is \(what); a model must be a regular file, because it is mapped into memory. "
        + "Save the model to a file first.", path: path)
  }

  private static func failure(_ code: Int32, path: String) -> ModelFileError {
    switch code {
    case ENOENT, ENOTDIR:
      ModelFileError(.notFound, "There is no such file. Check the path, or use a name of the model list.", path: path)
    case EACCES, EPERM:
      ModelFileError(
        .notPermitted, "Permission denied. Allow this user to read the file (chmod +r) or run as its owner.", path: path
      )
    default:
      ModelFileError(.unreadable, "The system cannot read the file: \(String(cString: strerror(code))).", path: path)
    }
  }
}
