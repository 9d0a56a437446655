import Advisor
import JSON
package import JSONRPC
import OrderedCollections
package import Service
import Synchronization

/// What requests and notifications mean in plain JSON-RPC.
package final class PlainDialect: Handler {
  private let router: Router
  /// Progress is dropped while more than this waits for the client, which is then behind anyway.
  private static let progressBacklogBytes = 64 << 10

  package init(router: Router) { self.router = router }

  package func isBrief(_ request: Request) -> Bool { router.isBrief(request.method) }

  package func start(_ request: Request, _ responder: Responder) {
    if request.method == "rpc.discover" { return discover(request.params, responder) }
    do throws(ErrorObject) {
      let (token, params) = try ProgressToken.take(from: request.params)
      let isSilent = Flag()
      let progress = token.map { self.progress($0, responder.connection, isSilent) } ?? .ignored
      let task = router.start(request.method, params, progress: progress, here: responder.isReaderFree) { outcome in
        responder.answer(outcome.mapError(ErrorObject.init))
      }
      responder.onCancel {
        isSilent.raise()
        task.cancel()
      }
    } catch {
      responder.answer(.failure(error))
    }
  }

  package func receive(_ notification: JSONRPC.Notification, _ connection: Connection) {
    guard notification.method == "$/cancelRequest", let id = notification.params?["id"].flatMap(RequestID.init) else {
      return
    }
    connection.inFlight.cancel(id, answering: .requestCancelled)
  }

  /// Answers on another thread, because the document is long.
  private func discover(_ params: JSON?, _ responder: Responder) {
    switch params {
    case nil, .array([]), .object([:]): Task { responder.answer(printing: .success(OpenRPCDocument.describe())) }
    case let given?:
      responder.answer(
        .failure(.invalidParams("rpc.discover takes no parameters, found \(given.excerpt())")))
    }
  }

  private func progress(_ token: ProgressToken, _ connection: Connection, _ isSilent: Flag) -> Progress {
    Progress { phase, fraction, message in
      guard !isSilent.isRaised, connection.backlogBytes <= Self.progressBacklogBytes else { return }
      connection.notify(
        Notification(
          method: "$/progress",
          params: [
            "token": token.json, "phase": .string(phase), "fraction": .number(fraction), "message": .string(message),
          ]))
    }
  }

  /// Raised when a request is cancelled, after which it says nothing more.
  private final class Flag: Sendable {
    private let value = Atomic(false)
    var isRaised: Bool { value.load(ordering: .relaxed) }
    func raise() { value.store(true, ordering: .relaxed) }
  }
}
