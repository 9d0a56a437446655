import Dispatch
import Synchronization

/// Where the reader waits while too much is unanswered or unwritten.
final class Room: Sendable {
  private let semaphore = DispatchSemaphore(value: 0)
  private let isWaiting = Atomic(false)

  /// Waits until `hasRoom`, which is asked again after each change; false after `patience` seconds.
  func wait(patience: Double, _ hasRoom: () -> Bool) -> Bool {
    let deadline = DispatchTime.now() + patience
    while true {
      isWaiting.store(true, ordering: .sequentiallyConsistent)
      if hasRoom() {
        isWaiting.store(false, ordering: .sequentiallyConsistent)
        return true
      }
      if semaphore.wait(timeout: deadline) == .timedOut, !hasRoom() { return false }
    }
  }

  /// Lets the reader look again.
  func changed() {
    if isWaiting.exchange(false, ordering: .sequentiallyConsistent) { semaphore.signal() }
  }
}
