#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The process's standard input and output, taken away from everything but the protocol.
package enum StandardStreams {
  /// Duplicates standard input and output for the protocol, points descriptor 0 at nothing and 1 at standard error.
  ///
  /// After this neither a stray print nor a child process can break the stream or hold it open, and writing to a client
  /// that is gone is an error and not a signal. Call it before anything else; nil when the process has no such streams.
  package static func claim() -> (input: Int32, output: Int32)? {
    signal(SIGPIPE, SIG_IGN)
    let input = fcntl(0, F_DUPFD_CLOEXEC, 3)
    let output = fcntl(1, F_DUPFD_CLOEXEC, 3)
    guard input >= 0, output >= 0 else { return nil }
    guard dup2(2, 1) >= 0 else { return nil }
    let nothing = open("/dev/null", O_RDONLY)
    if nothing > 0 {
      dup2(nothing, 0)
      close(nothing)
    }
    return (input, output)
  }
}
