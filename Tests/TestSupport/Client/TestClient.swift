import Dispatch
package import JSON
package import JSONRPC
import OrderedCollections
import Synchronization

/// A client of a server in the same process.
package final class TestClient: Sendable {
  package let connection: Connection
  package let transport: MemoryTransport
  package let inbox: Inbox
  private let style: Framing.Style
  private let nextID = Atomic(Int64(1))

  init(connection: Connection, transport: MemoryTransport, inbox: Inbox, style: Framing.Style) {
    self.connection = connection
    self.transport = transport
    self.inbox = inbox
    self.style = style
  }

  /// Sends bytes as they are.
  package func send(_ bytes: [UInt8]) { transport.deliver(bytes) }

  /// Sends one message in a frame.
  package func send(_ message: JSON) throws { send(Self.framed(try message.print(), style)) }

  /// The next message; an error when the server ends without one.
  package func next() async throws -> JSON {
    guard let message = await inbox.next() else { throw ClientError.ended }
    return message
  }

  /// Sends a request and returns its identifier.
  package func start(_ method: String, _ params: JSON? = nil) throws -> Int64 {
    let id = nextID.wrappingAdd(1, ordering: .relaxed).oldValue
    var object: JSON = ["jsonrpc": "2.0", "id": .integer(id), "method": .string(method)]
    if let params { object = object.adding("params", params) }
    try send(object)
    return id
  }

  /// Sends a request and returns its answer, which must be the next message.
  package func call(_ method: String, _ params: JSON? = nil) async throws -> JSON {
    let id = try start(method, params)
    let answer = try await next()
    guard answer["id"] == .integer(id) else { throw ClientError.unexpected(answer) }
    return answer
  }

  /// Sends a notification.
  package func notify(_ method: String, _ params: JSON? = nil) throws {
    var object: JSON = ["jsonrpc": "2.0", "method": .string(method)]
    if let params { object = object.adding("params", params) }
    try send(object)
  }

  package static func framed(_ bytes: [UInt8], _ style: Framing.Style) -> [UInt8] {
    switch style {
    case .lines: bytes + [0x0A]
    case .headers: Array("Content-Length: \(bytes.count)\r\n\r\n".utf8) + bytes
    }
  }
}

/// Why a test client could not go on.
package enum ClientError: Error {
  case ended
  case unexpected(JSON)
  /// Messages that the test did not read.
  case unread([JSON])
  case ending(Connection.Ending)
}

/// Runs `body` as the client of a server in memory; an error if the server said something that `body` did not read.
///
/// The input ends when `body` returns, and everything must have been answered by then or while the server drains.
package func withClient<Result: Sendable>(
  of handler: any Handler, options: Connection.Options = Connection.Options(), style: Framing.Style = .lines,
  _ body: @Sendable (TestClient) async throws -> Result
) async throws -> Result {
  let inbox = Inbox()
  let reader = MessageReader(inbox)
  let transport = MemoryTransport { reader.read($0) }
  let connection = Connection(transport, handler, options: options)
  let ended = Inbox()
  let ending = Mutex<Connection.Ending?>(nil)
  DispatchQueue(label: "edgewise.test.reader").async {
    let result = connection.run()
    ending.withLock { $0 = result }
    inbox.close()
    ended.close()
  }
  let client = TestClient(connection: connection, transport: transport, inbox: inbox, style: style)
  do {
    let result = try await body(client)
    transport.end()
    _ = await ended.next()
    let unread = inbox.unread
    if !unread.isEmpty { throw ClientError.unread(unread) }
    if let ending = ending.withLock({ $0 }), case .broken = ending { throw ClientError.ending(ending) }
    return result
  } catch {
    transport.hangUp()
    _ = await ended.next()
    throw error
  }
}

/// Cuts what a server writes into messages.
private final class MessageReader: Sendable {
  private let framing = Mutex(Framing())
  private let inbox: Inbox

  init(_ inbox: Inbox) { self.inbox = inbox }

  func read(_ bytes: [UInt8]) {
    framing.withLock { framing in
      framing.push(bytes) { event, _ in
        if case .message(let message) = event, let json = try? JSON.parse(message) {
          inbox.add(json)
        } else {
          inbox.add(["unreadable": .string("\(event)")])
        }
      }
    }
  }
}

extension JSON {
  fileprivate func adding(_ key: String, _ value: JSON) -> JSON {
    guard var object else { return self }
    object[key] = value
    return .object(object)
  }
}
