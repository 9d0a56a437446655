package import JSON

/// The duty to answer one request, exactly once.
package final class Responder: Sendable {
  package let id: RequestID
  package let connection: Connection
  /// Whether a brief answer should be worked out before `start` returns, on the reader's own thread.
  package let isReaderFree: Bool
  private let ticket: InFlight.Ticket

  init(_ id: RequestID, _ ticket: InFlight.Ticket, _ connection: Connection, isReaderFree: Bool) {
    self.id = id
    self.ticket = ticket
    self.connection = connection
    self.isReaderFree = isReaderFree
  }

  deinit {
    answer(.failure(.internalError("the request ended without an answer")))
    connection.inFlight.finish(ticket)
  }

  /// Whether an answer would still be sent: nobody answered or cancelled the request.
  package var isOpen: Bool { connection.inFlight.isOpen(ticket) }

  /// Answers, unless the request has been answered or cancelled before.
  package func answer(_ outcome: Result<JSON.Text, ErrorObject>) {
    connection.inFlight.answer(ticket, outcome)
  }

  /// Answers with a result that has not been printed yet; one that cannot be becomes an internal error.
  package func answer(printing outcome: Result<JSON, ErrorObject>) {
    answer(
      outcome.flatMap { result in
        Result { () throws(JSON.PrintError) in try JSON.Text(printing: result) }
          .mapError { .internalError("the reply cannot be written: \($0)") }
      })
  }

  /// Says how to stop the work; the action runs at once when the request was cancelled before.
  package func onCancel(_ action: @escaping @Sendable () -> Void) { connection.inFlight.attach(ticket, action) }
}
