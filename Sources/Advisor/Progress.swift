import Synchronization

/// Where long work says how far it is.
///
/// `fraction` is of the whole work, 0...1; the receiver drops what would go backwards.
package struct Progress: Sendable {
  private let receive: @Sendable (_ phase: String, _ fraction: Double, _ message: String) -> Void

  package init(_ receive: @escaping @Sendable (_ phase: String, _ fraction: Double, _ message: String) -> Void) {
    self.receive = receive
  }

  /// A progress that nobody listens to.
  package static let ignored = Progress { _, _, _ in }

  package func report(_ phase: String, _ fraction: Double, _ message: String = "") {
    receive(phase, min(1, max(0, fraction)), message)
  }

  /// The part of this progress between two fractions, as a progress of its own.
  package func part(from start: Double, to end: Double) -> Progress {
    Progress { phase, fraction, message in receive(phase, start + (end - start) * fraction, message) }
  }
}

extension Progress {
  /// This progress, with fractions held at the highest so far.
  package func neverDecreasing() -> Progress {
    let highest = Highest()
    return Progress { phase, fraction, message in receive(phase, highest.raise(to: fraction), message) }
  }

  private final class Highest: Sendable {
    private let value = Mutex(0.0)
    func raise(to new: Double) -> Double {
      value.withLock { value in
        value = max(value, new)
        return value
      }
    }
  }
}
