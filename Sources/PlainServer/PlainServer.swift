package import JSONRPC
package import Service

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The plain JSON-RPC 2.0 facade: `area/verb` methods, batches, `rpc.discover`, `$/cancelRequest` and `$/progress`.
package enum PlainServer {
  /// Serves one client until it ends or leaves; blocks the calling thread.
  ///
  /// At the end of the input what runs is answered first. Jobs end with their client, who alone could have asked for
  /// their results.
  package static func run(
    _ transport: any Transport, router: Router, options: Connection.Options = Connection.Options()
  ) -> Connection.Ending {
    let ending = Connection(transport, PlainDialect(router: router), options: options).run()
    router.jobs.cancelAll()
    return ending
  }

  /// Serves standard input and output and returns the exit status: 0, or 1 when the input could not be read.
  ///
  /// Call it before anything can print: the streams are claimed here, see `StandardStreams.claim`.
  package static func serveStandardStreams() -> Int32 {
    guard let (input, output) = StandardStreams.claim() else {
      complain("standard input or output is closed; nothing can be served")
      return 1
    }
    guard let transport = FileTransport(input: input, output: output) else {
      complain("no file descriptors are left")
      return 1
    }
    switch run(transport, router: Router()) {
    case .inputEnded, .clientGone, .stopped: return 0
    case .broken(let reason):
      complain("\(reason); the next message cannot be found")
      return 1
    }
  }

  private static func complain(_ text: String) {
    let line = Array("edgewise: \(text)\n".utf8)
    _ = write(2, line, line.count)
  }
}
