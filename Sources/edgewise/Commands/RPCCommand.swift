import ArgumentParser
import PlainServer

/// `edgewise rpc`: plain JSON-RPC, whatever the client says first.
struct RPCCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rpc",
    abstract: "Answer plain JSON-RPC 2.0, for scripts and notebooks.",
    discussion: """
      As 'serve', but never any other protocol than plain JSON-RPC, whatever the first message looks like.

      Examples:
        edgewise rpc < requests.jsonl > replies.jsonl
        echo '{"jsonrpc":"2.0","id":1,"method":"rpc.discover"}' | edgewise rpc
      """)

  @Flag(help: "Accepted for clients that pass it; there is no other transport.")
  var stdio = false

  mutating func run() throws {
    let status = PlainServer.serveStandardStreams()
    if status != 0 { throw ExitStatus.failure }
  }
}
