#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A descriptor that text is written to.
struct Stream: Sendable {
  let descriptor: Int32

  static let output = Stream(descriptor: STDOUT_FILENO)
  static let error = Stream(descriptor: STDERR_FILENO)

  /// Whether a person reads what is written.
  var isTerminal: Bool { isatty(descriptor) == 1 }

  /// How many columns the terminal has at this moment; nil when there is no terminal.
  var columns: Int? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// What the stream can show.
  func screen(_ mode: ColorMode = .auto) -> Screen {
    Screen(environment: ProcessEnvironment.shown, isTerminal: isTerminal, columns: columns, colorMode: mode)
  }

  /// Writes the whole text.
  ///
  /// When the reader has gone the process ends quietly, as readers like `head` expect.
  func write(_ text: String) {
    var text = text
    let isWritten = text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while let start = rest.baseAddress, !rest.isEmpty {
        #if canImport(Glibc)
          let count = Glibc.write(descriptor, start, rest.count)
        #else
          let count = Darwin.write(descriptor, start, rest.count)
        #endif
        if count < 0 {
          if errno == EINTR || (errno == EAGAIN && waitUntilWritable()) { continue }
          return false
        }
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
      return true
    }
    guard !isWritten, descriptor == STDOUT_FILENO else { return }
    if errno == EPIPE { ExitStatus.success.end() }
    Stream.error.write("edgewise: cannot write the answer: \(String(cString: strerror(errno)))\n")
    ExitStatus.failure.end()
  }

  /// Waits for room in a stream that someone has made non-blocking; false when there will be none.
  private func waitUntilWritable() -> Bool {
    var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    return poll(&entry, 1, -1) > 0
  }
}
