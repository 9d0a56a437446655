import JSON
import JSONRPC
import Synchronization

/// A handler with the methods of the specification's examples, and some that misbehave.
final class Calculator: Handler {
  private let held = Mutex<[Responder]>([])
  let stopped = Atomic(0)
  let notifications = Mutex<[JSONRPC.Notification]>([])

  func isBrief(_ request: Request) -> Bool { request.method == "turn" }

  func start(_ request: Request, _ responder: Responder) {
    switch request.method {
    case "subtract": responder.answer(printing: subtract(request.params))
    case "sum":
      responder.answer(
        printing:
          .success(.integer((request.params?.array ?? []).compactMap(\.integer).map(Int64.init).reduce(0, +))))
    case "get_data": responder.answer(printing: .success(["hello", 5]))
    case "turn": responder.answer(printing: .success(.bool(responder.isReaderFree)))
    case "echo": Task { responder.answer(printing: .success(request.params ?? nil)) }
    case "hold":
      responder.onCancel { self.stopped.add(1, ordering: .relaxed) }
      held.withLock { $0.append(responder) }
    case "release": responder.answer(printing: .success(.integer(Int64(release()))))
    case "twice":
      responder.answer(printing: .success(1))
      responder.answer(printing: .success(2))
    case "forget": break
    case "infinity": responder.answer(printing: .success(.number(.infinity)))
    default: responder.answer(printing: .failure(.methodNotFound("there is no method \(request.method)")))
    }
  }

  /// How many requests are held.
  var heldCount: Int { held.withLock { $0.count } }

  /// Answers what is held and returns how many there were.
  @discardableResult
  func release() -> Int {
    let waiting = held.withLock { held in
      defer { held = [] }
      return held
    }
    for one in waiting { one.answer(printing: .success("released")) }
    return waiting.count
  }

  func receive(_ notification: JSONRPC.Notification, _ connection: Connection) {
    notifications.withLock { $0.append(notification) }
    if notification.method == "cancel", let id = notification.params?["id"].flatMap(RequestID.init) {
      connection.inFlight.cancel(id, answering: .requestCancelled)
    }
    if notification.method == "forgetHeld" { held.withLock { $0 = [] } }
    if notification.method == "exit" { connection.stop() }
  }

  private func subtract(_ params: JSON?) -> Result<JSON, ErrorObject> {
    let first = params?[0] ?? params?["minuend"]
    let second = params?[1] ?? params?["subtrahend"]
    guard let first = first?.integer, let second = second?.integer else {
      return .failure(.invalidParams("expected two integers"))
    }
    return .success(.integer(Int64(first - second)))
  }
}
