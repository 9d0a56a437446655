import JSON
import JSONRPC
import Testing

struct MessageTests {
  static let valid: [(JSON, Message)] = [
    (
      ["jsonrpc": "2.0", "id": 1, "method": "m", "params": [1]],
      .request(Request(id: .integer(1), method: "m", params: [1]))
    ),
    (["jsonrpc": "2.0", "id": "a", "method": "m"], .request(Request(id: .string("a"), method: "m"))),
    (["jsonrpc": "2.0", "id": nil, "method": "m"], .request(Request(id: .null, method: "m"))),
    (
      ["jsonrpc": "2.0", "id": 9_007_199_254_740_993, "method": "m", "params": nil, "extra": 1],
      .request(Request(id: .integer(9_007_199_254_740_993), method: "m"))
    ),
    (
      ["jsonrpc": "2.0", "method": "m", "params": ["a": 1]],
      .notification(Notification(method: "m", params: ["a": 1]))
    ),
    (["jsonrpc": "2.0", "id": 1, "result": nil], .response(Response(id: .integer(1), outcome: .success(nil)))),
    (
      ["jsonrpc": "2.0", "id": 1, "error": ["code": -1, "message": "x", "data": 5]],
      .response(Response(id: .integer(1), outcome: .failure(ErrorObject(code: -1, message: "x", data: 5))))
    ),
  ]

  @Test(arguments: valid)
  func `tells messages apart by their members`(json: JSON, message: Message) {
    #expect(Message(json) == message)
  }

  static let invalid: [(JSON, RequestID, String)] = [
    (1, .null, "expected a request object, found 1"),
    ([:], .null, "\"jsonrpc\" is missing"),
    (["id": 1, "method": "m"], .integer(1), "\"jsonrpc\" is missing"),
    (["jsonrpc": "1.0", "id": "x", "method": "m"], .string("x"), "found \"1.0\""),
    (["jsonrpc": 2.0, "id": 1, "method": "m"], .integer(1), "must be \"2.0\", found 2.0"),
    (["jsonrpc": "2.0", "id": 1], .integer(1), "\"method\" is missing"),
    (["jsonrpc": "2.0", "id": 1, "method": 1], .integer(1), "\"method\" must be a string, found 1"),
    (["jsonrpc": "2.0", "method": 1, "params": "bar"], .null, "\"method\" must be a string"),
    (["jsonrpc": "2.0", "id": 1, "method": "m", "params": "bar"], .integer(1), "\"params\" must be"),
    (["jsonrpc": "2.0", "id": 1.5, "method": "m"], .null, "\"id\" must be a string, an integer or null, found 1.5"),
    (["jsonrpc": "2.0", "id": 1.0, "method": "m"], .null, "found 1.0"),
    (["jsonrpc": "2.0", "id": true, "method": "m"], .null, "found true"),
    (["jsonrpc": "2.0", "id": [1], "method": "m"], .null, "found [1]"),
    (["jsonrpc": "2.0", "id": 1, "error": "x"], .integer(1), "\"method\" is missing"),
  ]

  @Test(arguments: invalid)
  func `says what makes a message invalid`(json: JSON, id: RequestID, text: String) throws {
    guard case .invalid(let found, let error) = Message(json) else {
      Issue.record("taken for a message")
      return
    }
    #expect(found == id)
    #expect(error.code == -32600)
    #expect(error.message.contains(text), "\(error.message)")
  }

  @Test func `identifiers are the same only when their bytes are`() {
    #expect(RequestID.string("é") != .string("e\u{301}"))
    #expect(RequestID.string("1") != .integer(1))
    #expect(RequestID.string("é") == .string("é"))
  }
}
