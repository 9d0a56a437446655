import JSON
import JSONRPC
import ServerSupport
import Service
import TestSupport
import Testing

@Suite("The plain server")
struct PlainServerTests {
  private static func failure(_ outcome: Result<JSON, ErrorObject>) -> ErrorObject? {
    if case .failure(let error) = outcome { error } else { nil }
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let method: AnyMethod
    let example: Example
    var testDescription: String { "\(method.name): \(example.name)" }
  }

  static let cases = MethodTable.all.filter { $0.scheduling != .exclusive }.flatMap { method in
    method.examples.map { Case(method: method, example: $0) }
  }

  @Test("answers every example of every method that does not measure, within its schema", arguments: cases)
  func examples(one: Case) async throws {
    try await withServer { client in
      let outcome = try await client.call(one.method.name, one.example.params)
      switch (outcome, one.example.failure) {
      case (.success, nil): break
      case (.failure(let error), let name?):
        #expect(error.code == name.code)
        #expect(error.data?["name"] == .string(name.rawValue))
      default: Issue.record("\(outcome)")
      }
    }
  }

  @Test("gives each failure the code and the name of its kind")
  func codes() async throws {
    try await withServer { client in
      let unknown = try #require(Self.failure(try await client.call("model/inspec", [:])))
      #expect(unknown.code == -32601)
      #expect(unknown.message.contains("did you mean model/inspect?"))
      let params = try #require(Self.failure(try await client.call("model/inspect", ["modle": "x"])))
      #expect(params.code == -32602)
      #expect(params.data?["name"] == "invalidParams")
      #expect(params.data?["violations"]?[0]?["pointer"] == "/modle")
      #expect(params.data?["violations"]?[0]?["didYouMean"] == "model")
      let list = try #require(Self.failure(try await client.call("model/inspect", ["x"])))
      #expect(list.code == -32602)
      let missing = try #require(Self.failure(try await client.call("model/inspect", ["model": "/no/such.gguf"])))
      #expect(missing.code == 1001)
      #expect(missing.data?["name"] == "modelNotFound")
      let dollar = try #require(Self.failure(try await client.call("$/cancelRequest", ["id": 1])))
      #expect(dollar.code == -32601)
    }
  }

  static let noParameters: [JSON?] = [nil, [], [:]]

  @Test("describes itself", arguments: noParameters)
  func discovery(params: JSON?) async throws {
    try await withServer { client in
      let document = try await client.call("rpc.discover", params).get()
      #expect(document["openrpc"] == "1.4.1")
      #expect(document["methods"]?.array?.count == MethodTable.all.count)
    }
  }

  @Test("refuses parameters of the description")
  func discoveryParameters() async throws {
    try await withServer { client in
      let outcome = try await client.call("rpc.discover", ["x": 1])
      #expect(Self.failure(outcome)?.code == -32602)
    }
  }

  @Test("says nothing to notifications, known or not")
  func notifications() async throws {
    try await withServer { client in
      try client.raw.notify("model/list")
      try client.raw.notify("model/inspect", ["nonsense": 1])
      try client.raw.notify("no/such")
      try client.raw.notify("$/cancelRequest")
      try client.raw.notify("$/cancelRequest", ["id": 999])
      try client.raw.notify("$/cancelRequest", [1])
      _ = try await client.call("model/list").get()
    }
  }

  @Test("answers a batch in one piece", arguments: [Framing.Style.lines, .headers])
  func batch(style: Framing.Style) async throws {
    try await withServer(methods: TestMethods.all, style: style) { client in
      let batch: JSON = [
        ["jsonrpc": "2.0", "id": "a", "method": "test/echo", "params": ["value": 1]],
        ["jsonrpc": "2.0", "method": "test/echo", "params": ["value": 2]],
        ["jsonrpc": "2.0", "id": "b", "method": "test/none"],
        ["jsonrpc": "2.0", "id": nil, "method": "test/echo", "params": ["value": 10]],
      ]
      try client.raw.send(batch)
      let message = try await client.raw.next()
      let answers = try #require(message.array)
      #expect(answers.count == 3)
      #expect(answers.first { $0["id"] == "a" }?["result"] == ["value": 1])
      #expect(answers.first { $0["id"] == "b" }?["error"]?["code"] == -32601)
      #expect(answers.first { $0["id"] == .some(nil) }?["error"]?["code"] == -32602)
    }
  }

  @Test("shows progress under the caller's token, never backwards, before the reply", arguments: ["t", 7] as [JSON])
  func progress(token: JSON) async throws {
    try await withServer(methods: TestMethods.all) { client in
      let id = try client.raw.start("test/steps", ["progressToken": token])
      for (phase, fraction) in [("one", 0.25), ("two", 0.25), ("three", 1.0)] {
        let message = try await client.raw.next()
        #expect(message["method"] == "$/progress")
        #expect(message["params"]?["token"] == token)
        #expect(message["params"]?["phase"] == .string(phase))
        #expect(message["params"]?["fraction"]?.double == fraction)
        #expect(message["params"]?["message"]?.string != nil)
      }
      let answer = try await client.raw.next()
      #expect(answer["id"] == .integer(id))
      let silent = try await client.call("test/steps").get()
      #expect(silent == ["value": 3])
      let refusal = try #require(Self.failure(try await client.call("test/steps", ["progressToken": 1.5])))
      #expect(refusal.code == -32602)
      #expect(refusal.data?["violations"]?[0]?["pointer"] == "/progressToken")
    }
  }

  @Test(
    "cancels any request, which is answered at once and frees the machine",
    arguments: ["test/wait", "test/leave", "test/work"])
  func cancel(method: String) async throws {
    try await withServer(methods: TestMethods.all) { client in
      for (method, phase) in [(method, nil), ("test/work", "working")] {
        let id = try client.raw.start(method, ["progressToken": "t"])
        var message = try await client.raw.next()
        while message["params"]?["phase"] == "queued" { message = try await client.raw.next() }
        if let phase { #expect(message["params"]?["phase"] == .string(phase)) }
        try client.raw.notify("$/cancelRequest", ["id": .integer(id)])
        let answer = try await client.raw.next()
        #expect(answer["id"] == .integer(id))
        #expect(answer["error"]?["code"] == -32800)
      }
    }
  }

  @Test("finds the request of a cancel that came in the same bytes")
  func earlyCancel() async throws {
    try await withServer(methods: TestMethods.all) { client in
      for id in 0..<50 {
        let text = """
          {"jsonrpc":"2.0","id":"c\(id)","method":"test/work"}
          {"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":"c\(id)"}}

          """
        client.raw.send(Array(text.utf8))
        let answer = try await client.raw.next()
        #expect(answer["error"]?["code"] == -32800)
      }
    }
  }

  @Test("answers what runs when the input ends, and then ends")
  func drain() async throws {
    try await withServer(methods: TestMethods.all) { client in
      var ids: Set<Int64> = []
      for value in 0..<20 { ids.insert(try client.raw.start("test/echo", ["value": .integer(Int64(value % 10))])) }
      client.raw.transport.end()
      for _ in 0..<20 {
        let answer = try await client.raw.next()
        ids.remove(Int64(try #require(answer["id"]?.integer)))
      }
      #expect(ids.isEmpty)
    }
  }

  @Test("stops what runs when the client is gone")
  func gone() async throws {
    await #expect(throws: ClientError.self) {
      try await withServer(methods: TestMethods.all) { client in
        _ = try client.raw.start("test/work", ["progressToken": "t"])
        _ = try await client.raw.next()
        _ = try client.raw.start("test/wait")
        client.raw.transport.hangUp()
        _ = try await client.raw.next()
      }
    }
  }
}
