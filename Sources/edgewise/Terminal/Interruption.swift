import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Ctrl-C and termination while a question is being answered.
///
/// The first signal asks the work to end. The second one, or a second of waiting, ends the process at once.
final class Interruption {
  private let sources: [any DispatchSourceSignal]
  private static let seen = Atomic<Bool>(false)

  /// Calls `action` when the process is asked to end; for as long as this value lives.
  init(_ action: @escaping @Sendable () -> Void) {
    sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        let isFirst = Self.seen.exchange(true, ordering: .relaxed) == false
        guard isFirst else { Self.end(128 + number) }
        action()
        DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(900)) { Self.end(128 + number) }
      }
      source.resume()
      return source
    }
  }

  /// Whether the process has been asked to end.
  static var wasSeen: Bool { seen.load(ordering: .relaxed) }

  private static func end(_ status: Int32) -> Never {
    ProgressLine.clearAbandoned()
    _exit(status)
  }
}
