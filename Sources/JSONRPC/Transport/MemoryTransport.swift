import Dispatch
import Synchronization

/// A transport to a client in the same process.
package final class MemoryTransport: Transport {
  private struct State {
    var events: [Received] = []
    var isGone = false
  }

  private let state = Mutex(State())
  private let arrived = DispatchSemaphore(value: 0)
  private let sent: @Sendable ([UInt8]) -> Void

  /// Makes a transport whose client gets what is written through `sent`, in order.
  package init(sent: @escaping @Sendable ([UInt8]) -> Void) { self.sent = sent }

  /// Hands bytes to the reader.
  package func deliver(_ bytes: [UInt8]) { if !bytes.isEmpty { add(.bytes(bytes)) } }

  /// Says that the client sends no more.
  package func end() { add(.end) }

  /// Says that the client no longer listens.
  package func hangUp() {
    state.withLock { $0.isGone = true }
    arrived.signal()
  }

  package func wake() { add(.woken) }

  package func receive() -> Received {
    while true {
      arrived.wait()
      let event = state.withLock { state -> Received? in
        if state.isGone { return .gone }
        return state.events.isEmpty ? nil : state.events.removeFirst()
      }
      if let event { return event }
    }
  }

  package func send(_ bytes: [UInt8]) -> Bool {
    if state.withLock({ $0.isGone }) { return false }
    sent(bytes)
    return true
  }

  package func sendAtOnce(_ bytes: [UInt8]) -> Int { send(bytes) ? bytes.count : 0 }

  private func add(_ event: Received) {
    state.withLock { $0.events.append(event) }
    arrived.signal()
  }
}
