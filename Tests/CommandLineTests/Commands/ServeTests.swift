import JSON
import Testing

@Suite("edgewise serve and rpc")
struct ServeTests {
  static let commands = [["serve"], ["serve", "--stdio"], ["rpc"], ["rpc", "--stdio"], ["--stdio"]]
  static let request = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"benchmark/list\"}"
  static let reply = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"jobs\":[]}}"

  @Test("answers one value a line, and ends with its input", arguments: commands)
  func lines(command: [String]) throws {
    let child = try Child.run(command, input: Self.request)
    #expect(child.status == 0)
    #expect(child.error == "")
    #expect(child.output == Self.reply + "\n")
  }

  @Test("answers with headers when asked with headers", arguments: commands)
  func headers(command: [String]) throws {
    let child = try Child.run(command, input: "Content-Length: \(Self.request.utf8.count)\r\n\r\n\(Self.request)")
    #expect(child.status == 0)
    #expect(child.output == "Content-Length: \(Self.reply.utf8.count)\r\n\r\n\(Self.reply)")
  }

  @Test("answers everything that was asked before the input ended")
  func drain() throws {
    let requests = (1...50).map { "{\"jsonrpc\":\"2.0\",\"id\":\($0),\"method\":\"model/list\"}\n" }
    let child = try Child.run(["serve"], input: requests.joined())
    let ids = try child.output.split(separator: "\n").map { try JSON.parse(String($0))["id"]?.integer }
    #expect(Set(ids) == Set(1...50))
    #expect(child.status == 0)
  }

  @Test("says nothing when nothing is asked")
  func nothing() throws {
    let child = try Child.run(["serve"])
    #expect(child.status == 0)
    #expect(child.output == "")
    #expect(child.error == "")
  }

  @Test("gives the same answer as the command line")
  func sameAnswer() throws {
    let params = "{\"model\":\"smollm2-135m\",\"contextTokens\":2048}"
    let served = try Child.run(
      ["rpc"], input: "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"model/inspect\",\"params\":\(params)}")
    let called = try Child.run(["call", "model/inspect", params])
    #expect(try JSON.parse(served.output)["result"] == JSON.parse(called.output))
  }
}
