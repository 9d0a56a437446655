package import JSON
import Synchronization

/// The messages that a test has received and not read.
package final class Inbox: Sendable {
  private struct State {
    var messages: [JSON] = []
    var waiter: CheckedContinuation<JSON?, Never>?
    var isClosed = false
  }

  private let state = Mutex(State())

  package init() {}

  /// What nobody has read.
  package var unread: [JSON] { state.withLock { $0.messages } }

  package func add(_ message: JSON) {
    let waiter = state.withLock { state -> CheckedContinuation<JSON?, Never>? in
      guard let waiter = state.waiter else {
        state.messages.append(message)
        return nil
      }
      state.waiter = nil
      return waiter
    }
    waiter?.resume(returning: message)
  }

  /// Says that nothing more will come.
  package func close() {
    let waiter = state.withLock { state in
      state.isClosed = true
      let waiter = state.waiter
      state.waiter = nil
      return waiter
    }
    waiter?.resume(returning: nil)
  }

  /// The next message, or nil when there will be none.
  package func next() async -> JSON? {
    await withCheckedContinuation { continuation in
      let ready = state.withLock { state -> JSON?? in
        if !state.messages.isEmpty { return state.messages.removeFirst() }
        if state.isClosed { return .some(nil) }
        state.waiter = continuation
        return nil
      }
      if let ready { continuation.resume(returning: ready) }
    }
  }
}
