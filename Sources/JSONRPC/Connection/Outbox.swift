import Dispatch
import Synchronization

/// The one writer of a connection: what is posted while it writes goes out together in its next write.
final class Outbox: Sendable {
  private struct State {
    var waiting: [UInt8] = []
    /// Bytes that are being written.
    var leaving = 0
    var isWriting = false
    var isBroken = false
  }

  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "edgewise.outbox")
  private let transport: any Transport
  /// Called when a write is over, with whether it failed.
  private let written: @Sendable (_ isBroken: Bool) -> Void

  init(_ transport: any Transport, written: @escaping @Sendable (_ isBroken: Bool) -> Void) {
    self.transport = transport
    self.written = written
  }

  /// How many bytes are posted and not written.
  var backlogBytes: Int { state.withLock { $0.waiting.count + $0.leaving } }

  /// Whether nobody listens any more; what is posted then is dropped.
  var isBroken: Bool { state.withLock { $0.isBroken } }

  /// Queues one message in its frame.
  func post(_ message: [UInt8], _ style: Framing.Style) {
    let mustStart = state.withLock { state in
      if state.isBroken { return false }
      switch style {
      case .lines:
        state.waiting.append(contentsOf: message)
        state.waiting.append(0x0A)
      case .headers:
        state.waiting.append(contentsOf: "Content-Length: \(message.count)\r\n\r\n".utf8)
        state.waiting.append(contentsOf: message)
      }
      if state.isWriting { return false }
      state.isWriting = true
      return true
    }
    if mustStart { queue.async { self.drain() } }
  }

  /// Waits until everything that was posted is written or nobody listens.
  func flush() { queue.sync { self.drain() } }

  private func drain() {
    while true {
      let bytes = state.withLock { state -> [UInt8]? in
        guard !state.waiting.isEmpty, !state.isBroken else {
          state.isWriting = false
          return nil
        }
        let bytes = state.waiting
        state.waiting = []
        state.leaving = bytes.count
        return bytes
      }
      guard let bytes else { return }
      let isWritten = transport.send(bytes)
      state.withLock { state in
        state.leaving = 0
        if !isWritten {
          state.isBroken = true
          state.waiting = []
        }
      }
      written(!isWritten)
    }
  }
}
