import Dispatch
import JSON
import OrderedCollections
import Synchronization

/// One client: reads its messages in order, hands them to a handler, and writes what is answered.
///
/// `run` reads on the thread that calls it. A request is registered before the next byte is read, so that a cancel can never
/// come too early; handlers answer from wherever they like.
package final class Connection: Sendable {
  /// How the dialects differ, and what one client may cost.
  package struct Options: Sendable {
    package var framing = Framing.Limits()
    /// Whether an array of messages is answered by an array.
    package var allowsBatches = true
    /// The most messages in one batch.
    package var batchLimit = 4096
    /// Whether the end of the input lets what runs come to its end, or stops it.
    package var drainsAtEnd = true
    /// The most requests that run at once; more wait, and are refused when none of them ends for `patienceSeconds`.
    package var inFlightLimit = 4096
    package var patienceSeconds = 1.0
    /// So many running requests make the reader pause until a quarter of them is left, for a moment at most.
    ///
    /// Short requests then find what they need in the caches, and the reader is not woken for each that ends.
    package var pacingLimit = 128
    /// The most bytes that wait for the client to read; more keep its next message from being read.
    package var backlogLimitBytes = 8 << 20

    package init() {}
  }

  /// Why a connection came to its end.
  package enum Ending: Sendable, Hashable {
    /// The client sends no more, and everything it asked is answered.
    case inputEnded
    /// The client no longer listens; what ran was stopped.
    case clientGone
    /// `stop` was called.
    case stopped
    /// The input could not be cut into messages any more, with the reason.
    case broken(String)
  }

  package let inFlight: InFlight
  let outbox: Outbox
  private let transport: any Transport
  private let handler: any Handler
  private let options: Options
  private let room = Room()
  private let pace = Room()
  /// Whether a pause has shown that the running requests are long ones.
  private let hasLongRequests = Atomic(false)
  private let writesHeaders = Atomic(false)
  /// Whether another message has been received already.
  private let isFollowed = Atomic(false)
  private let isStopped = Atomic(false)
  private let isDraining: Flag
  private let isOverloaded = Atomic(false)

  /// Shared with the table's callback, which is made before the connection.
  private final class Flag: Sendable {
    let value = Atomic(false)
  }

  package init(_ transport: any Transport, _ handler: any Handler, options: Options = Options()) {
    self.transport = transport
    self.handler = handler
    self.options = options
    let (room, pace, isDraining) = (room, pace, Flag())
    let resumeCount = options.pacingLimit / 4
    self.isDraining = isDraining
    inFlight = InFlight { remaining in
      room.changed()
      if remaining <= resumeCount { pace.changed() }
      if remaining == 0, isDraining.value.load(ordering: .sequentiallyConsistent) { transport.wake() }
    }
    outbox = Outbox(transport) { isBroken in
      room.changed()
      if isBroken { transport.wake() }
    }
  }
}

// MARK: - Sending

extension Connection {
  /// Sends a notification.
  package func notify(_ notification: Notification) {
    // What cannot be printed cannot be told.
    if let text = try? JSON.Text(printing: notification.json) { post(text) }
  }

  /// How many bytes wait for the client to read them.
  package var backlogBytes: Int { outbox.backlogBytes }

  /// Ends `run` soon, whatever is running.
  package func stop() {
    isStopped.store(true, ordering: .sequentiallyConsistent)
    transport.wake()
  }

  private func post(_ text: JSON.Text) {
    outbox.post(text.bytes, writesHeaders.load(ordering: .relaxed) ? .headers : .lines)
  }

  private func refuse(_ error: ErrorObject) { post(Answer(id: .null, outcome: .failure(error)).text) }
}

// MARK: - Reading

extension Connection {
  /// Reads and answers until the client ends or leaves; blocks the calling thread.
  package func run() -> Ending {
    var framing = Framing(limits: options.framing)
    var broken: String?
    /// Each event is held until it is known whether another follows it at once.
    var held: Framing.Event?
    func take(_ event: Framing.Event, _ answers: Framing.Style) {
      writesHeaders.store(answers == .headers, ordering: .relaxed)
      release(isFollowed: true)
      held = event
    }
    func release(isFollowed: Bool) {
      guard let event = held else { return }
      held = nil
      self.isFollowed.store(isFollowed, ordering: .relaxed)
      switch event {
      case .message(let bytes): self.take(bytes)
      case .refused(let reason): refuse(.invalidRequest(reason))
      case .broken(let reason):
        refuse(.invalidRequest(reason))
        broken = reason
      }
    }
    while broken == nil {
      switch transport.receive() {
      case .bytes(let chunk):
        framing.push(chunk, take)
        release(isFollowed: false)
      case .end:
        framing.finish(take)
        release(isFollowed: false)
        return drain(broken)
      case .gone: return leave()
      case .woken:
        if outbox.isBroken { return leave() }
        if isStopped.load(ordering: .sequentiallyConsistent) { return end(.stopped) }
      }
    }
    return drain(broken)
  }

  /// Waits for what runs to be answered, unless the client leaves before that.
  private func drain(_ broken: String?) -> Ending {
    if !options.drainsAtEnd { inFlight.cancelAll() }
    isDraining.value.store(true, ordering: .sequentiallyConsistent)
    while options.drainsAtEnd, inFlight.count > 0 {
      switch transport.receive() {
      case .gone: return leave()
      case .woken where outbox.isBroken: return leave()
      case .woken where isStopped.load(ordering: .sequentiallyConsistent): return end(.stopped)
      case .woken, .bytes, .end: continue
      }
    }
    return end(broken.map(Ending.broken) ?? .inputEnded)
  }

  private func leave() -> Ending { end(.clientGone) }

  /// Stops what still runs, gives it a moment to give back what it holds, and writes what is left.
  private func end(_ ending: Ending) -> Ending {
    inFlight.cancelAll()
    _ = room.wait(patience: 0.5) { inFlight.count == 0 }
    if ending != .clientGone { outbox.flush() }
    return outbox.isBroken ? .clientGone : ending
  }

  private func take(_ bytes: [UInt8]) {
    let json: JSON
    do throws(JSON.ParseError) {
      json = try JSON.parse(bytes, limits: JSON.Limits(bytes: options.framing.bodyBytes))
    } catch {
      let place: JSON = [
        "offset": .integer(Int64(error.offset)), "line": .integer(Int64(error.line)),
        "column": .integer(Int64(error.column)),
      ]
      refuse(.parseError("not JSON: \(error)", data: place))
      return
    }
    if case .array(let messages) = json {
      take(batch: messages)
    } else {
      take(Message(json)) { [self] answer in if let answer { post(answer.text) } }
    }
  }

  private func take(batch messages: [JSON]) {
    guard options.allowsBatches else {
      return refuse(.invalidRequest("batches are not supported here; send one message at a time"))
    }
    guard !messages.isEmpty else { return refuse(.invalidRequest("the batch is empty")) }
    guard messages.count <= options.batchLimit else {
      return refuse(
        .invalidRequest("the batch has \(messages.count) messages, more than the limit of \(options.batchLimit)"))
    }
    let batch = Batch(answers: messages.count) { [self] answers in post(JSON.Text(array: answers)) }
    for message in messages { take(Message(message)) { batch.add($0?.text) } }
  }

  /// Takes one message; `delivery` is called once, with nil when there is no answer.
  private func take(_ message: Message, _ delivery: @escaping InFlight.Delivery) {
    switch message {
    case .request(let request):
      let id = request.id
      let isReaderFree = handler.isBrief(request) && isReaderFree
      if !isReaderFree { keepPace() }
      guard hasRoom() else {
        let error = ErrorObject.internalError("\(options.inFlightLimit) requests are running; try again when one ends")
        return delivery(Answer(id: id, outcome: .failure(error)))
      }
      guard let ticket = inFlight.register(id, delivery) else {
        let error = ErrorObject.invalidRequest("a request with the id \(id.json.excerpt()) is still running")
        return delivery(Answer(id: id, outcome: .failure(error)))
      }
      handler.start(request, Responder(id, ticket, self, isReaderFree: isReaderFree))
    case .notification(let notification):
      delivery(nil)
      handler.receive(notification, self)
    case .response(let response):
      delivery(nil)
      handler.receive(response, self)
    case .invalid(let id, let error):
      delivery(Answer(id: id, outcome: .failure(error)))
    }
  }

  /// Waits until the client has read enough and enough has ended; false when too many requests go on running.
  private func hasRoom() -> Bool {
    func isClear() -> Bool { outbox.backlogBytes <= options.backlogLimitBytes || outbox.isBroken }
    func isFree() -> Bool { inFlight.count < options.inFlightLimit }
    if isClear(), isFree() {
      isOverloaded.store(false, ordering: .relaxed)
      return true
    }
    while !room.wait(patience: 1, isClear) {}
    if isFree() { return true }
    let isPatient = !isOverloaded.load(ordering: .relaxed)
    if isPatient, room.wait(patience: options.patienceSeconds, isFree) { return true }
    isOverloaded.store(true, ordering: .relaxed)
    return false
  }

  /// Whether the reader does best to answer a brief request itself: there is nothing else to do and waking another thread
  /// would take longer, or the other threads have enough.
  private var isReaderFree: Bool {
    let count = inFlight.count
    return count == 0 ? !isFollowed.load(ordering: .relaxed) : count >= options.pacingLimit
  }

  /// Pauses while many short requests run.
  private func keepPace() {
    guard inFlight.count >= options.pacingLimit else {
      hasLongRequests.store(false, ordering: .relaxed)
      return
    }
    if hasLongRequests.load(ordering: .relaxed) { return }
    let isKept = pace.wait(patience: 0.01) { inFlight.count <= options.pacingLimit / 4 }
    if !isKept { hasLongRequests.store(true, ordering: .relaxed) }
  }
}
