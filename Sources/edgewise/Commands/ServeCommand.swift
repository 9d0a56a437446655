import ArgumentParser
import PlainServer

/// `edgewise serve`: answers requests on standard input until it ends.
struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Answer JSON-RPC on standard input and output.",
    discussion: """
      The framing is detected from the first bytes: Content-Length headers, or one JSON value a line. The end of the \
      input ends the process, after everything that was asked has been answered.

      Examples:
        edgewise serve --stdio             as editors start it
        echo '{"jsonrpc":"2.0","id":1,"method":"hardware/assess"}' | edgewise serve
      """)

  @Flag(help: "Accepted for editors; standard input and output are the only transport.")
  var stdio = false

  mutating func run() throws {
    let status = PlainServer.serveStandardStreams()
    if status != 0 { throw ExitStatus.failure }
  }
}
