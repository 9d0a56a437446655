import TestSupport

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The built program, run as a child process.
struct Child {
  /// The exit code, or 128 and the signal that ended it.
  var status: Int32
  var output: String
  var error: String

  struct NotStarted: Error { let message: String }

  /// The environment that tests run under: a UTF-8 locale and nothing that changes how text looks.
  static let environment = ["LANG": "C.UTF-8", "TERM": "xterm", "PATH": "/usr/bin:/bin"]

  /// Runs the program with `arguments` and `input` on standard input, and waits for its end.
  static func run(
    _ arguments: [String], input: String = "", environment: [String: String] = environment
  ) throws -> Child {
    let (stdin, stdout, stderr) = (try Pipe(), try Pipe(), try Pipe())
    let process = try start(
      arguments, descriptors: (stdin.reader, stdout.writer, stderr.writer),
      others: [stdin.writer, stdout.reader, stderr.reader], environment: environment)
    for descriptor in [stdin.reader, stdout.writer, stderr.writer] { close(descriptor) }
    var bytes = Array(input.utf8)
    if !bytes.isEmpty { write(stdin.writer, &bytes, bytes.count) }
    close(stdin.writer)
    let texts = Self.drain([stdout.reader, stderr.reader])
    return Child(status: wait(process), output: texts[0], error: texts[1])
  }

  /// The path of the program, beside the test bundle.
  static let program: String = {
    let bundle = CommandLine.arguments.first { $0.contains(".build/") } ?? CommandLine.arguments[0]
    let folders = [bundle, bundle + "/..", bundle + "/../../../.."]
      .map { path in path.hasSuffix("..") ? path : path.split(separator: "/").dropLast().joined(separator: "/") }
      .map { $0.hasPrefix("/") ? $0 : "/" + $0 }
    return (folders + [Repository.root + "/.build/debug"]).map { $0 + "/edgewise" }
      .first { access($0, X_OK) == 0 } ?? "edgewise"
  }()

  /// Starts the program with the descriptors as its standard streams; `others` are closed in it.
  static func start(
    _ arguments: [String], descriptors: (Int32, Int32, Int32), others: [Int32], environment: [String: String]
  ) throws -> pid_t {
    #if canImport(Glibc)
      var actions = posix_spawn_file_actions_t()
    #else
      var actions: posix_spawn_file_actions_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, descriptors.0, 0)
    posix_spawn_file_actions_adddup2(&actions, descriptors.1, 1)
    posix_spawn_file_actions_adddup2(&actions, descriptors.2, 2)
    for descriptor in Set(others + [descriptors.0, descriptors.1, descriptors.2]) where descriptor > 2 {
      posix_spawn_file_actions_addclose(&actions, descriptor)
    }
    var words = ([program] + arguments).map { strdup($0) } + [nil]
    var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in words + variables { free(pointer) } }
    var process = pid_t()
    let code = posix_spawn(&process, program, &actions, nil, &words, &variables)
    guard code == 0 else { throw NotStarted(message: "\(program): \(String(cString: strerror(code)))") }
    return process
  }

  /// Waits for the end of a process and gives its status as a shell would.
  static func wait(_ process: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
  }

  /// Reads all descriptors to their ends, whichever has something, and closes them.
  private static func drain(_ descriptors: [Int32]) -> [String] {
    var bytes = [[UInt8]](repeating: [], count: descriptors.count)
    var open = Set(descriptors.indices)
    var chunk = [UInt8](repeating: 0, count: 65536)
    while !open.isEmpty {
      let order = open.sorted()
      var entries = order.map { pollfd(fd: descriptors[$0], events: Int16(POLLIN), revents: 0) }
      if poll(&entries, nfds_t(entries.count), -1) < 0 { continue }
      for (entry, index) in zip(entries, order) where entry.revents != 0 {
        let count = read(descriptors[index], &chunk, chunk.count)
        if count > 0 {
          bytes[index] += chunk[..<count]
        } else {
          open.remove(index)
          close(descriptors[index])
        }
      }
    }
    return bytes.map { String(decoding: $0, as: UTF8.self) }
  }
}
