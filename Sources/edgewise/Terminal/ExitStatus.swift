import Service

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What the exit code of the process says; the help text documents it.
enum ExitStatus: Int32, Error, Sendable, CaseIterable {
  /// There is an answer.
  case success = 0
  /// The answer is that it failed; standard error says why.
  case failure = 1
  /// The command line or the parameters could not be understood.
  case usage = 2
  /// Ctrl-C ended the work.
  case interrupted = 130

  init(_ failure: Failure) {
    self =
      switch failure.name {
      case .parseError, .invalidRequest, .methodNotFound, .invalidParams: .usage
      case .requestCancelled: .interrupted
      default: .failure
      }
  }
}

extension ExitStatus {
  /// Ends the process.
  func end() -> Never { exit(rawValue) }
}
