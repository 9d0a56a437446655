import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The one writer of a connection: what is posted while it writes goes out together in its next write.
///
/// Whoever posts while nothing is being written writes at once, because waking another thread costs more than the write;
/// what does not go without waiting is left to a queue of its own.
final class Outbox: Sendable {
  private struct State {
    var waiting: [UInt8] = []
    /// Bytes that are being written.
    var leaving = 0
    var isWriting = false
    var isBroken = false
  }

  /// How many writes a thread that only posts makes for the others before it goes back to its work.
  private static let turnLimit = 8

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
    if mustStart, !writeAtOnce() { queue.async { self.drain() } }
  }

  /// Writes while that needs no waiting; false when there is more.
  private func writeAtOnce() -> Bool {
    for _ in 0..<Self.turnLimit {
      guard let bytes = next() else { return true }
      let count = transport.sendAtOnce(bytes)
      state.withLock { state in
        state.leaving = 0
        if count < bytes.count { state.waiting.insert(contentsOf: bytes[count...], at: 0) }
      }
      written(false)
      if count < bytes.count { return false }
    }
    return false
  }

  /// Takes all that waits; nil, and the end of writing, when there is nothing.
  private func next() -> [UInt8]? {
    state.withLock { state in
      guard !state.waiting.isEmpty, !state.isBroken else {
        state.isWriting = false
        return nil
      }
      let bytes = state.waiting
      state.waiting = []
      state.leaving = bytes.count
      return bytes
    }
  }

  /// Waits until everything that was posted is written or nobody listens.
  func flush() {
    while true {
      let isMine = state.withLock { state in
        if state.isWriting { return false }
        state.isWriting = true
        return true
      }
      if isMine { return drain() }
      // Whoever writes is the queue, or a thread that does not wait.
      queue.sync {}
      sched_yield()
    }
  }

  private func drain() {
    while let bytes = next() {
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
