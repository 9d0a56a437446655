#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file under a name of its own, beside the path that it will get when it is complete.
struct PartialFile {
  let path: String
  private let temporary: String
  private let descriptor: Int32

  /// Creates the file; throws when the folder does not allow it.
  init(for path: String) throws(ModelFileError) {
    self.path = path
    temporary = "\(path).part-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
    descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    if descriptor < 0 { throw Self.failure("create the file", path) }
  }

  /// Appends all of `bytes`.
  func append(_ bytes: [UInt8]) throws(ModelFileError) {
    let result = bytes.withUnsafeBytes { bytes -> Result<Void, ModelFileError> in
      do throws(ModelFileError) {
        return .success(try append(bytes))
      } catch {
        return .failure(error)
      }
    }
    try result.get()
  }

  /// Appends all of `bytes`.
  func append(_ bytes: UnsafeRawBufferPointer) throws(ModelFileError) {
    var rest = bytes
    while !rest.isEmpty {
      let count = write(descriptor, rest.baseAddress, rest.count)
      if count > 0 {
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      } else if errno != EINTR {
        throw Self.failure("write", path)
      }
    }
  }

  /// Makes the file `count` bytes long; what was not written reads as zeros.
  func extend(to count: Int) throws(ModelFileError) {
    guard ftruncate(descriptor, off_t(count)) == 0 else { throw Self.failure("extend the file", path) }
  }

  /// Gives the file its name; unless it `overwrites`, a file that came to have that name meanwhile stays.
  func publish(overwrites: Bool) throws(ModelFileError) {
    guard close(descriptor) == 0 else { throw Self.failure("finish the file", path) }
    if !overwrites {
      if link(temporary, path) == 0 {
        unlink(temporary)
        return
      }
      guard errno != EEXIST else {
        throw ModelFileError(.exists, "Another program wrote this path meanwhile. Choose another path.", path: path)
      }
    }
    // Some file systems have no links; there the check before has to do.
    guard rename(temporary, path) == 0 else { throw Self.failure("name the file", path) }
  }

  /// Removes the file.
  func discard() {
    close(descriptor)
    unlink(temporary)
  }

  private static func failure(_ what: String, _ path: String) -> ModelFileError {
    let code = errno
    let isFull = code == ENOSPC || code == EDQUOT || code == EFBIG
    return ModelFileError(
      isFull ? .noSpace : .notWritable, "The system cannot \(what): \(String(cString: strerror(code))).", path: path)
  }
}
