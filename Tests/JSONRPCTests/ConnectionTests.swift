import JSON
import JSONRPC
import Synchronization
import TestSupport
import Testing

struct ConnectionTests {
  /// What is sent as one line, and what must come back, with error messages left out.
  static let exchanges: [(String, String?)] = [
    (
      #"{"jsonrpc": "2.0", "method": "subtract", "params": [42, 23], "id": 1}"#,
      #"{"jsonrpc":"2.0","id":1,"result":19}"#
    ),
    (
      #"{"jsonrpc": "2.0", "method": "subtract", "params": {"subtrahend": 23, "minuend": 42}, "id": 3}"#,
      #"{"jsonrpc":"2.0","id":3,"result":19}"#
    ),
    (#"{"jsonrpc": "2.0", "method": "update", "params": [1,2,3,4,5]}"#, nil),
    (#"{"jsonrpc": "2.0", "method": "foobar"}"#, nil),
    (#"{"jsonrpc": "2.0", "method": "foobar", "id": "1"}"#, #"{"jsonrpc":"2.0","id":"1","error":-32601}"#),
    (#"{"jsonrpc": "2.0", "method": "foobar, "params": "bar", "baz]"#, #"{"jsonrpc":"2.0","id":null,"error":-32700}"#),
    (#"{"jsonrpc": "2.0", "method": 1, "params": "bar"}"#, #"{"jsonrpc":"2.0","id":null,"error":-32600}"#),
    (
      #"[{"jsonrpc": "2.0", "method": "sum", "params": [1,2,4], "id": "1"},{"jsonrpc": "2.0", "method""#,
      #"{"jsonrpc":"2.0","id":null,"error":-32700}"#
    ),
    ("[]", #"{"jsonrpc":"2.0","id":null,"error":-32600}"#),
    ("[1]", #"[{"jsonrpc":"2.0","id":null,"error":-32600}]"#),
    ("[1,2]", #"[{"jsonrpc":"2.0","id":null,"error":-32600},{"jsonrpc":"2.0","id":null,"error":-32600}]"#),
    (
      #"[{"jsonrpc": "2.0", "method": "sum", "params": [1,2,4], "id": "1"},"#
        + #"{"jsonrpc": "2.0", "method": "notify_hello", "params": [7]},"#
        + #"{"jsonrpc": "2.0", "method": "subtract", "params": [42,23], "id": "2"},{"foo": "boo"},"#
        + #"{"jsonrpc": "2.0", "method": "foo.get", "params": {"name": "myself"}, "id": "5"},"#
        + #"{"jsonrpc": "2.0", "method": "get_data", "id": "9"}]"#,
      #"[{"jsonrpc":"2.0","id":"1","result":7},{"jsonrpc":"2.0","id":"2","result":19},"#
        + #"{"jsonrpc":"2.0","id":null,"error":-32600},{"jsonrpc":"2.0","id":"5","error":-32601},"#
        + #"{"jsonrpc":"2.0","id":"9","result":["hello",5]}]"#
    ),
    (
      #"[{"jsonrpc": "2.0", "method": "notify_sum", "params": [1,2,4]},{"jsonrpc": "2.0", "method": "notify_hello", "params": [7]}]"#,
      nil
    ),
    (#"{"jsonrpc":"2.0","method":"subtract","params":["x"],"id":1}"#, #"{"jsonrpc":"2.0","id":1,"error":-32602}"#),
    (#"{"jsonrpc":"2.0","method":"forget","id":1}"#, #"{"jsonrpc":"2.0","id":1,"error":-32603}"#),
    (#"{"jsonrpc":"2.0","method":"infinity","id":1}"#, #"{"jsonrpc":"2.0","id":1,"error":-32603}"#),
    (#"{"jsonrpc":"2.0","method":"twice","id":1}"#, #"{"jsonrpc":"2.0","id":1,"result":1}"#),
    (#"{"jsonrpc":"2.0","method":"get_data","id":null}"#, #"{"jsonrpc":"2.0","id":null,"result":["hello",5]}"#),
    (
      #"{"jsonrpc":"2.0","method":"get_data","params":null,"id":9223372036854775807}"#,
      #"{"jsonrpc":"2.0","id":9223372036854775807,"result":["hello",5]}"#
    ),
    (#"{"jsonrpc":"2.0","method":"get_data","id":1.5}"#, #"{"jsonrpc":"2.0","id":null,"error":-32600}"#),
    (
      #"{"jsonrpc":"2.0","method":"get_data","id":99999999999999999999}"#,
      #"{"jsonrpc":"2.0","id":null,"error":-32700}"#
    ),
    (#"{"jsonrpc":"2.0","id":1,"id":2,"method":"get_data"}"#, #"{"jsonrpc":"2.0","id":null,"error":-32700}"#),
    (#"{"jsonrpc":"2.0","id":1,"result":5}"#, nil),
    ("null", #"{"jsonrpc":"2.0","id":null,"error":-32600}"#),
  ]

  /// Errors as their codes alone.
  private static func bare(_ message: JSON) -> JSON {
    if let array = message.array { return .array(array.map(bare)) }
    guard let error = message["error"], let code = error["code"], error["message"]?.string?.isEmpty == false else {
      return message
    }
    return ["jsonrpc": message["jsonrpc"] ?? nil, "id": message["id"] ?? nil, "error": code]
  }

  @Test(arguments: exchanges, [Framing.Style.lines, .headers])
  func `answers as the specification has it`(exchange: (String, String?), style: Framing.Style) async throws {
    try await withClient(of: Calculator(), style: style) { client in
      client.send(TestClient.framed(Array(exchange.0.utf8), style))
      // Nothing else may come before the answer to this.
      let probe = try client.start("get_data")
      if let expected = exchange.1 { #expect(Self.bare(try await client.next()).description == expected) }
      #expect(try await client.next()["id"] == .integer(probe))
    }
  }

  @Test func `the reader answers a brief request itself when nothing follows and nothing runs`() async throws {
    @Sendable func turn(_ id: Int) -> String { #"{"jsonrpc":"2.0","id":\#(id),"method":"turn"}"# + "\n" }
    try await withClient(of: Calculator()) { client in
      client.send(Array((turn(1) + turn(2)).utf8))
      #expect(try await client.next()["result"] == false)
      #expect(try await client.next()["result"] == true)
      _ = try client.start("hold")
      client.send(Array(turn(3).utf8))
      #expect(try await client.next()["result"] == false)
      client.send(Array((turn(4) + "not JSON\n").utf8))
      #expect(try await client.next()["id"] == 4)
      #expect(try await client.next()["error"]?["code"] == -32700)
      _ = try client.start("release")
      #expect(try await client.next()["result"] == "released")
      #expect(try await client.next()["result"] == 1)
    }
  }

  @Test func `the end of the input drains what runs`() async throws {
    let calculator = Calculator()
    try await withClient(of: calculator) { client in
      let held = try client.start("hold")
      client.transport.end()
      try client.send(["jsonrpc": "2.0", "method": "release", "id": "late"])
      // The input has ended, so the handler is driven from here.
      while calculator.heldCount == 0 { await Task.yield() }
      calculator.release()
      let answer = try await client.next()
      #expect(answer["id"] == .integer(held))
      #expect(answer["result"] == "released")
    }
  }

  @Test func `a request that is still running keeps its identifier`() async throws {
    try await withClient(of: Calculator()) { client in
      try client.send(["jsonrpc": "2.0", "method": "hold", "id": "a"])
      try client.send(["jsonrpc": "2.0", "method": "get_data", "id": "a"])
      let refusal = try await client.next()
      #expect(refusal["id"] == "a")
      #expect(refusal["error"]?["code"] == -32600)
      _ = try client.start("release")
      #expect(try await client.next()["result"] == "released")
      #expect(try await client.next()["result"] == 1)
      try client.send(["jsonrpc": "2.0", "method": "get_data", "id": "a"])
      #expect(try await client.next()["result"] == ["hello", 5])
    }
  }

  @Test func `a cancel right behind its request always finds it`() async throws {
    let calculator = Calculator()
    try await withClient(of: calculator) { client in
      for id in 0..<200 {
        let request: JSON = ["jsonrpc": "2.0", "method": "hold", "id": .integer(Int64(id))]
        let cancel: JSON = ["jsonrpc": "2.0", "method": "cancel", "params": ["id": .integer(Int64(id))]]
        client.send(TestClient.framed(try request.print(), .lines) + TestClient.framed(try cancel.print(), .lines))
        let answer = try await client.next()
        #expect(answer["id"] == .integer(Int64(id)))
        #expect(answer["error"]?["code"] == -32800)
      }
      #expect(calculator.stopped.load(ordering: .relaxed) == 200)
      calculator.release()
    }
  }

  @Test func `a batch waits for the last of its answers`() async throws {
    try await withClient(of: Calculator()) { client in
      client.send(
        Array(
          (#"[{"jsonrpc":"2.0","id":"a","method":"hold"},{"jsonrpc":"2.0","id":"b","method":"get_data"}]"# + "\n").utf8)
      )
      #expect(try await client.call("get_data")["result"] == ["hello", 5])
      try client.notify("cancel", ["id": "a"])
      let answer = try await client.next()
      #expect(answer[0]?["result"] == ["hello", 5])
      #expect(answer[1]?["error"]?["code"] == -32800)
      try client.notify("forgetHeld")
    }
  }

  @Test func `batches are limited and can be refused`() async throws {
    var options = Connection.Options()
    options.batchLimit = 2
    try await withClient(of: Calculator(), options: options) { client in
      try client.send([1, 2, 3] as JSON)
      let refusal = try await client.next()
      #expect(refusal["error"]?["message"]?.string?.contains("more than the limit of 2") == true)
    }
    options.allowsBatches = false
    try await withClient(of: Calculator(), options: options) { client in
      try client.send([["jsonrpc": "2.0", "id": 1, "method": "get_data"]])
      #expect(try await client.next()["error"]?["code"] == -32600)
    }
  }

  @Test func `an over-long line is skipped and answered`() async throws {
    var options = Connection.Options()
    options.framing.bodyBytes = 100
    try await withClient(of: Calculator(), options: options) { client in
      client.send(Array(repeating: UInt8(ascii: "["), count: 1000))
      let refusal = try await client.next()
      #expect(refusal["id"] == .some(nil))
      #expect(refusal["error"]?["code"] == -32600)
      client.send([0x0A])
      #expect(try await client.call("get_data")["result"] == ["hello", 5])
    }
  }

  @Test func `input that cannot be cut any more is answered and ends the connection with the reason`() async throws {
    let error = try await #require(throws: ClientError.self) {
      try await withClient(of: Calculator(), style: .headers) { client in
        client.send(Array("Content-Length: many\r\n\r\n".utf8))
        let refusal = try await client.next()
        #expect(refusal["error"]?["code"] == -32600)
      }
    }
    guard case .ending(.broken(let reason)) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(reason.contains("many"))
  }

  @Test func `a client that leaves stops everything`() async throws {
    let calculator = Calculator()
    await #expect(throws: ClientError.self) {
      try await withClient(of: calculator) { client in
        _ = try client.start("hold")
        _ = try client.start("hold")
        let answer = try await client.call("get_data")
        #expect(answer["result"] == ["hello", 5])
        client.transport.hangUp()
        _ = try await client.next()
      }
    }
    #expect(calculator.stopped.load(ordering: .relaxed) == 2)
  }

  @Test func `many requests at once are each answered once`() async throws {
    var options = Connection.Options()
    // Other tests may keep every thread of the pool from answering for a while.
    options.patienceSeconds = 600
    try await withClient(of: Calculator(), options: options) { client in
      var bytes: [UInt8] = []
      for id in 0..<5000 {
        bytes += Array(#"{"jsonrpc":"2.0","id":\#(id),"method":"echo","params":[\#(id)]}"#.utf8) + [0x0A]
      }
      client.send(bytes)
      var seen: Set<Int> = []
      for _ in 0..<5000 {
        let answer = try await client.next()
        let id = try #require(answer["id"]?.integer)
        #expect(answer["result"] == [.integer(Int64(id))])
        seen.insert(id)
      }
      #expect(seen.count == 5000)
    }
  }

  @Test func `random bytes are answered or ignored, and the next request is served`() async throws {
    var random = SplitMix(state: 11)
    let seed = Array(#"[{"jsonrpc":"2.0","id":1,"method":"sum","params":[1,2]},{"jsonrpc":"2.0","method":"n"}]"#.utf8)
    for _ in 0..<200 {
      var line = seed
      for _ in 0..<3 {
        line[Int.random(in: 0..<line.count, using: &random)] = UInt8.random(in: 0x20...0xFF, using: &random)
      }
      line[0] = UInt8(ascii: "[")
      let sent = line
      try await withClient(of: Calculator()) { client in
        client.send(sent + [0x0A])
        let probe = try client.start("get_data")
        var answer = try await client.next()
        if answer["id"] != .integer(probe) || answer["result"] != ["hello", 5] { answer = try await client.next() }
        #expect(answer["result"] == ["hello", 5])
      }
    }
  }
}
