import Synchronization

/// A flag that one side raises and long work looks at between pieces of a few milliseconds at most.
package final class Cancellation: Sendable {
  private let raised = Atomic<Bool>(false)
  private let looks = Atomic<Int>(0)
  /// How often work may look before the flag goes up by itself; nil for any number, which is not counted.
  private let allowance: Int?

  package init() { allowance = nil }

  /// A flag that goes up by itself at the look after the `allowance`th, so that work can be ended at each of its pieces in turn.
  package init(allowance: Int) { self.allowance = allowance }

  /// Looks at the flag.
  package var isCancelled: Bool {
    if let allowance, looks.add(1, ordering: .relaxed).newValue > allowance { cancel() }
    return raised.load(ordering: .relaxed)
  }

  /// How often work has looked at a flag with an allowance; 0 for others.
  package var looksTaken: Int { looks.load(ordering: .relaxed) }

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
