/// What answers the requests of a connection: a facade's dialect.
package protocol Handler: Sendable {
  /// Starts a request, which is registered; called by the reader in order of arrival, so it must not block.
  ///
  /// The responder may be kept and used at any time; if it is let go without an answer, it answers with an internal error.
  func start(_ request: Request, _ responder: Responder)

  /// Whether the answer takes so little that the reader may work it out itself.
  func isBrief(_ request: Request) -> Bool

  /// Takes a notification; called by the reader in order of arrival, so it must not block.
  func receive(_ notification: Notification, _ connection: Connection)

  /// Takes the answer to a request of ours; called by the reader.
  func receive(_ response: Response, _ connection: Connection)
}

extension Handler {
  package func isBrief(_ request: Request) -> Bool { false }
  package func receive(_ response: Response, _ connection: Connection) {}
}
