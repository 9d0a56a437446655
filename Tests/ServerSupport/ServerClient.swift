package import JSON
package import JSONRPC
import OrderedCollections
import PlainServer
package import Service
package import TestSupport

/// A plain server in the same process, as its client sees it.
package struct ServerClient: Sendable {
  /// The bare connection, for messages that are not calls.
  package let raw: TestClient
  private let methods: [AnyMethod]

  init(raw: TestClient, methods: [AnyMethod]) {
    self.raw = raw
    self.methods = methods
  }

  /// Calls a method; the answer is an error or a result, which must be as the method's schema has it.
  package func call(_ method: String, _ params: JSON? = nil) async throws -> Result<JSON, ErrorObject> {
    let answer = try await raw.call(method, params)
    return try outcome(answer, of: method)
  }

  /// Checks one answer to `method` and takes it apart.
  package func outcome(_ answer: JSON, of method: String) throws -> Result<JSON, ErrorObject> {
    guard case .response(let response) = Message(answer) else { throw ServerError.notAnAnswer(answer) }
    if case .success(let result) = response.outcome {
      let violations = methods.first { $0.name == method }?.reply.violations(in: result) ?? []
      guard violations.isEmpty else { throw ServerError.outsideSchema(method, violations) }
    }
    return response.outcome
  }
}

/// What a server must never do.
package enum ServerError: Error {
  case notAnAnswer(JSON)
  case outsideSchema(String, [Schema.Violation])
}

/// Runs `body` as the client of a plain server in memory.
///
/// It fails when a reply is outside its method's schema, and when the server said something that `body` did not read.
package func withServer<Value: Sendable>(
  methods: [AnyMethod] = MethodTable.all, options: Connection.Options = Connection.Options(),
  style: Framing.Style = .lines, _ body: @Sendable (ServerClient) async throws -> Value
) async throws -> Value {
  let router = Router(methods: methods)
  defer { router.jobs.cancelAll() }
  return try await withClient(of: PlainDialect(router: router), options: options, style: style) { client in
    try await body(ServerClient(raw: client, methods: methods))
  }
}
