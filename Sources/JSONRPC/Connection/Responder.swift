package import JSON

/// The duty to answer one request, exactly once.
package final class Responder: Sendable {
  package let id: RequestID
  package let connection: Connection
  private let ticket: InFlight.Ticket

  init(_ id: RequestID, _ ticket: InFlight.Ticket, _ connection: Connection) {
    self.id = id
    self.ticket = ticket
    self.connection = connection
  }

  deinit {
    answer(.failure(.internalError("the request ended without an answer")))
    connection.inFlight.finish(ticket)
  }

  /// Whether an answer would still be sent: nobody answered or cancelled the request.
  package var isOpen: Bool { connection.inFlight.isOpen(ticket) }

  /// Answers, unless the request has been answered or cancelled before.
  package func answer(_ outcome: Result<JSON, ErrorObject>) {
    connection.inFlight.answer(ticket, outcome)
  }

  /// Says how to stop the work; the action runs at once when the request was cancelled before.
  package func onCancel(_ action: @escaping @Sendable () -> Void) { connection.inFlight.attach(ticket, action) }
}
