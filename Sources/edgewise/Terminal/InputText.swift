import JSON
import Service

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Text that a command takes from a file or from standard input.
enum InputText {
  /// The most that is read, in bytes.
  static let limitBytes = 64 << 20

  /// Everything in the file at `path`, or on standard input when it is `-`.
  static func read(_ path: String) throws(Failure) -> [UInt8] {
    if path == "-" {
      if isatty(STDIN_FILENO) == 1 {
        Stream.error.write("edgewise: reading from the terminal; end with Ctrl-D\n")
      }
      return try bytes(STDIN_FILENO, named: "standard input")
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw Failure(.invalidParams, "cannot open \(path): \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    return try bytes(descriptor, named: path)
  }

  private static func bytes(_ descriptor: Int32, named name: String) throws(Failure) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = Self.read(descriptor, &chunk)
      if count == 0 { return bytes }
      if count < 0 {
        if errno == EINTR { continue }
        throw Failure(.invalidParams, "cannot read \(name): \(String(cString: strerror(errno)))")
      }
      bytes += chunk[..<count]
      if bytes.count > limitBytes {
        throw Failure(
          .invalidParams, "\(name) is longer than \(limitBytes >> 20) MiB; give the part that matters")
      }
    }
  }

  private static func read(_ descriptor: Int32, _ chunk: inout [UInt8]) -> Int {
    chunk.withUnsafeMutableBytes { buffer in
      #if canImport(Glibc)
        Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      #else
        Darwin.read(descriptor, buffer.baseAddress, buffer.count)
      #endif
    }
  }
}
