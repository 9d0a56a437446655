package import Advisor
package import Kernels
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The one place where measurements run: in order of arrival, one at a time, on a thread of their own.
///
/// The thread starts with the first measurement and ends when the lane is idle, so a service that was never asked to
/// measure has none.
package final class MeasurementLane: Sendable {
  private struct Entry {
    let cancellation: Cancellation
    let progress: Progress
    let run: @Sendable () -> Void
  }

  private struct State {
    var waiting: [Entry] = []
    var isRunning = false
  }

  private let state = Mutex(State())

  package init() {}

  /// How many measurements wait or run.
  package var load: Int { state.withLock { $0.waiting.count + ($0.isRunning ? 1 : 0) } }

  /// Runs `work` when its turn comes and returns what it returns.
  ///
  /// While it waits, its progress says how many are ahead. A cancelled entry leaves without having run.
  package func run<Result: Sendable>(
    cancellation: Cancellation, progress: Progress,
    _ work: @escaping @Sendable (Cancellation, Progress) throws -> Result
  ) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
      enqueue(cancellation: cancellation, progress: progress) {
        continuation.resume(
          with: Swift.Result {
            try cancellation.check()
            return try work(cancellation, progress)
          })
      }
    }
  }

  /// Queues `work`, which must look at `cancellation` itself.
  package func enqueue(cancellation: Cancellation, progress: Progress, _ work: @escaping @Sendable () -> Void) {
    let (ahead, mustStart) = state.withLock { state in
      let ahead = state.waiting.count + (state.isRunning ? 1 : 0)
      state.waiting.append(Entry(cancellation: cancellation, progress: progress, run: work))
      let mustStart = !state.isRunning
      state.isRunning = true
      return (ahead, mustStart)
    }
    if ahead > 0 { progress.report("queued", 0, Self.queueMessage(ahead: ahead)) }
    if mustStart { Self.startThread { self.drain() } }
    // A cancel that came before this found nothing to release.
    if cancellation.isCancelled { releaseCancelled() }
  }

  /// Runs what was cancelled while it waited, so that it can end at once instead of when its turn comes.
  package func releaseCancelled() {
    let cancelled = state.withLock { state in
      let cancelled = state.waiting.filter { $0.cancellation.isCancelled }
      state.waiting.removeAll { $0.cancellation.isCancelled }
      return cancelled
    }
    for entry in cancelled { entry.run() }
  }

  private func drain() {
    while true {
      let next = state.withLock { state -> Entry? in
        if state.waiting.isEmpty {
          state.isRunning = false
          return nil
        }
        return state.waiting.removeFirst()
      }
      guard let next else { return }
      next.run()
    }
  }

  private static func queueMessage(ahead: Int) -> String {
    "waiting for \(ahead) measurement\(ahead == 1 ? "" : "s") to finish first"
  }

  /// Starts a detached thread; when the system refuses one, the work runs on the caller's thread.
  private static func startThread(_ body: @escaping @Sendable () -> Void) {
    final class Box {
      let body: @Sendable () -> Void
      init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    let box = Unmanaged.passRetained(Box(body))
    #if canImport(Glibc)
      var thread = pthread_t()
      let status = pthread_create(
        &thread, nil,
        { argument in
          guard let argument else { return nil }
          Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body()
          return nil
        }, box.toOpaque())
      if status == 0 { pthread_detach(thread) } else { box.takeRetainedValue().body() }
    #else
      var thread: pthread_t?
      let status = pthread_create(
        &thread, nil,
        { argument in
          Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body()
          return nil
        }, box.toOpaque())
      if status == 0, let thread { pthread_detach(thread) } else { box.takeRetainedValue().body() }
    #endif
  }
}
