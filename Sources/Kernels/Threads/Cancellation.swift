import Synchronization

/// A flag that one side raises and long work looks at between pieces of a few milliseconds at most.
package final class Cancellation: Sendable {
  private let raised = Atomic<Bool>(false)

  package init() {}

  package var isCancelled: Bool { raised.load(ordering: .relaxed) }

  /// Raises the flag; it never goes down again.
  package func cancel() { raised.store(true, ordering: .relaxed) }

  /// Throws `Cancelled` when the flag is up.
  package func check() throws(Cancelled) {
    if isCancelled { throw Cancelled() }
  }
}

/// Work ended because its `Cancellation` was raised.
package struct Cancelled: Error, Hashable {
  package init() {}
}
