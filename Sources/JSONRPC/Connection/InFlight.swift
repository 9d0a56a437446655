package import JSON
import Synchronization

/// The requests that have been read and not answered, and the one place that grants the right to answer.
///
/// A request is registered by the reader before it reads on, settled exactly once, by an answer or by a cancel, and finished
/// when its handler is over, which can be later than its answer.
package final class InFlight: Sendable {
  /// A registered request.
  package struct Ticket: Hashable, Sendable {
    fileprivate let number: UInt64
  }

  /// Sends the answer to a request, or notes that there will be none.
  package typealias Delivery = @Sendable (Answer?) -> Void

  fileprivate struct Entry {
    let id: RequestID
    /// The right to answer; whoever asks first takes it.
    var delivery: Delivery?
    var isCancelled = false
    var cancel: (@Sendable () -> Void)?
  }

  fileprivate struct State {
    var next: UInt64 = 0
    var entries: [UInt64: Entry] = [:]
    /// The tickets of requests that are not settled and can be named.
    var named: [RequestID: Ticket] = [:]
  }

  private let state = Mutex(State())
  private let total = Atomic(0)
  private let finished: @Sendable (_ remaining: Int) -> Void

  /// Makes an empty table that reports how many requests remain each time one finishes.
  package init(finished: @escaping @Sendable (_ remaining: Int) -> Void = { _ in }) { self.finished = finished }

  /// How many requests have not finished.
  package var count: Int { total.load(ordering: .sequentiallyConsistent) }

  /// Takes up a request, or returns nil when one with this identifier is not settled yet; null names none.
  package func register(_ id: RequestID, _ delivery: @escaping Delivery) -> Ticket? {
    state.withLock { state in
      if id != .null, state.named[id] != nil { return nil }
      let ticket = Ticket(number: state.next)
      state.next += 1
      state.entries[ticket.number] = Entry(id: id, delivery: delivery)
      if id != .null { state.named[id] = ticket }
      total.store(state.entries.count, ordering: .sequentiallyConsistent)
      return ticket
    }
  }

  /// Says how to stop a request; the action runs at once when it was cancelled before.
  package func attach(_ ticket: Ticket, _ cancel: @escaping @Sendable () -> Void) {
    let isCancelled = state.withLock { state in
      guard var entry = state.entries[ticket.number] else { return false }
      if entry.isCancelled { return true }
      // An answered request needs no stopping, and an action kept here could keep its responder alive for ever.
      if entry.delivery == nil { return false }
      entry.cancel = cancel
      state.entries[ticket.number] = entry
      return false
    }
    if isCancelled { cancel() }
  }

  /// Whether the request may still be answered.
  package func isOpen(_ ticket: Ticket) -> Bool {
    state.withLock { $0.entries[ticket.number]?.delivery != nil }
  }

  /// Answers the request, unless it was answered or cancelled before; says whether it did.
  @discardableResult
  package func answer(_ ticket: Ticket, _ outcome: Result<JSON.Text, ErrorObject>) -> Bool {
    let (id, delivery) = state.withLock { state in
      let delivery = state.settle(ticket.number)
      // The work is done, so nothing needs to stop it.
      state.entries[ticket.number]?.cancel = nil
      return (state.entries[ticket.number]?.id ?? .null, delivery)
    }
    delivery?(Answer(id: id, outcome: outcome))
    return delivery != nil
  }

  /// Forgets the request, whose handler is over.
  package func finish(_ ticket: Ticket) {
    let remaining = state.withLock { state in
      _ = state.settle(ticket.number)
      state.entries[ticket.number] = nil
      total.store(state.entries.count, ordering: .sequentiallyConsistent)
      return state.entries.count
    }
    finished(remaining)
  }

  /// Stops the request with this identifier and answers it with `error`, or not at all; says whether there was one.
  @discardableResult
  package func cancel(_ id: RequestID, answering error: ErrorObject?) -> Bool {
    let (delivery, action) = state.withLock { state -> (Delivery?, (@Sendable () -> Void)?) in
      guard let ticket = state.named[id] else { return (nil, nil) }
      return (state.settle(ticket.number), state.stop(ticket.number))
    }
    action?()
    delivery?(error.map { Answer(id: id, outcome: .failure($0)) })
    return delivery != nil
  }

  /// Stops every request; none of them is answered any more.
  package func cancelAll() {
    let actions = state.withLock { state in
      state.entries.keys.compactMap { number in
        _ = state.settle(number)
        return state.stop(number)
      }
    }
    for action in actions { action() }
  }
}

extension InFlight.State {
  /// Takes the right to answer.
  mutating func settle(_ number: UInt64) -> InFlight.Delivery? {
    guard let entry = entries[number], let delivery = entry.delivery else { return nil }
    entries[number]?.delivery = nil
    if entry.id != .null { named[entry.id] = nil }
    return delivery
  }

  /// Marks the request as stopped and returns what stops it.
  mutating func stop(_ number: UInt64) -> (@Sendable () -> Void)? {
    guard let entry = entries[number], !entry.isCancelled else { return nil }
    entries[number]?.isCancelled = true
    entries[number]?.cancel = nil
    return entry.cancel
  }
}
