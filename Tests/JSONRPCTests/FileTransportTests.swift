import Dispatch
import JSON
import JSONRPC
import Synchronization
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

struct FileTransportTests {
  /// Two pipes with a connection between them.
  private final class Pipes: Sendable {
    let toServer: Int32
    let fromServer: Int32
    let ending = Mutex<Connection.Ending?>(nil)
    let calculator = Calculator()
    private let done = Inbox()
    private let serverEnds: [Int32]

    init() throws {
      signal(SIGPIPE, SIG_IGN)
      var input: [Int32] = [0, 0]
      var output: [Int32] = [0, 0]
      let made = pipe(&input) == 0 && pipe(&output) == 0
      try #require(made)
      (toServer, fromServer) = (input[1], output[0])
      serverEnds = [input[0], output[1]]
    }

    func start() throws {
      let transport = try #require(FileTransport(input: serverEnds[0], output: serverEnds[1]))
      let connection = Connection(transport, calculator)
      DispatchQueue(label: "edgewise.test.pipes").async { [self] in
        let result = connection.run()
        ending.withLock { $0 = result }
        for end in serverEnds { close(end) }
        done.close()
      }
    }

    func send(_ text: String) {
      let bytes = Array(text.utf8)
      _ = write(toServer, bytes, bytes.count)
    }

    func readAll() -> String {
      var all: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 4096)
      while true {
        let count = read(fromServer, &buffer, buffer.count)
        guard count > 0 else { return String(decoding: all, as: UTF8.self) }
        all += buffer[..<count]
      }
    }

    func wait() async -> Connection.Ending? {
      _ = await done.next()
      return ending.withLock { $0 }
    }
  }

  @Test func `a message without a line feed is answered before the end`() async throws {
    let pipes = try Pipes()
    try pipes.start()
    pipes.send(#"{"jsonrpc":"2.0","id":1,"method":"get_data"}"#)
    close(pipes.toServer)
    #expect(pipes.readAll() == #"{"jsonrpc":"2.0","id":1,"result":["hello",5]}"# + "\n")
    #expect(await pipes.wait() == .inputEnded)
    close(pipes.fromServer)
  }

  @Test func `a client that stops listening ends the connection without a write`() async throws {
    let pipes = try Pipes()
    try pipes.start()
    pipes.send(#"{"jsonrpc":"2.0","id":1,"method":"hold"}"# + "\n")
    close(pipes.fromServer)
    #expect(await pipes.wait() == .clientGone)
    close(pipes.toServer)
  }

  @Test func `a client that leaves while the server drains ends the connection`() async throws {
    let pipes = try Pipes()
    pipes.send(#"{"jsonrpc":"2.0","id":1,"method":"hold"}"# + "\n")
    close(pipes.toServer)
    try pipes.start()
    close(pipes.fromServer)
    #expect(await pipes.wait() == .clientGone)
  }

  @Test func `stopping ends a connection that waits for input`() async throws {
    let pipes = try Pipes()
    try pipes.start()
    pipes.send(#"{"jsonrpc":"2.0","method":"exit"}"# + "\n")
    #expect(await pipes.wait() == .stopped)
    close(pipes.toServer)
    close(pipes.fromServer)
  }

  #if canImport(Glibc)
    @Test func `a write at once takes what a pipe has room for and returns`() throws {
      var ends: [Int32] = [0, 0]
      let made = pipe(&ends)
      try #require(made == 0)
      let transport = try #require(FileTransport(input: ends[0], output: ends[1]))
      let first = transport.sendAtOnce([UInt8](repeating: 1, count: 1 << 20))
      #expect(0 < first && first < 1 << 20)
      #expect(transport.sendAtOnce([1]) == 0)
      close(ends[0])
      close(ends[1])
    }
  #endif

  @Test func `a long answer goes through a small pipe`() async throws {
    let pipes = try Pipes()
    try pipes.start()
    let text = String(repeating: "x", count: 60_000)
    for id in 0..<20 { pipes.send(#"{"jsonrpc":"2.0","id":\#(id),"method":"echo","params":["\#(text)"]}"# + "\n") }
    close(pipes.toServer)
    let lines = pipes.readAll().split(separator: "\n")
    #expect(lines.count == 20)
    #expect(lines.allSatisfy { $0.utf8.count > 60_000 })
    #expect(await pipes.wait() == .inputEnded)
    close(pipes.fromServer)
  }
}
