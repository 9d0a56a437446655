import ArgumentParser
import JSON
import Service

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The command line: every command puts one question to a method of the service and shows the reply.
@main
struct Edgewise: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "edgewise",
    abstract: Product.summary,
    usage: "edgewise <command> [options]",
    discussion: """
      Examples:
        edgewise recommend                     what to run here, and how: measured
        edgewise recommend qwen2.5-7b --quick  for one model, from facts alone
        edgewise assess                        what this machine can do
        edgewise fit qwen3-8b                  which formats and contexts fit, and how fast
        edgewise inspect model.gguf            what a model is and what it needs
        edgewise speed model.gguf              how fast it would run, without running it
        edgewise memory model.gguf -c 32k      the memory that it takes, and what fits
        edgewise synthesize NAME -o x.gguf     a file to measure a runtime with
        edgewise bench model.gguf              its rates here, with their spread
        edgewise generate model.gguf "Hello"   what it says
        edgewise diagnose server.log           causes and remedies
        edgewise serve                         JSON-RPC on standard input

      Every answer is also JSON: add --json, or use 'edgewise call METHOD'. Colors follow NO_COLOR and TERM=dumb; \
      pictures are drawn in ASCII unless the locale is UTF-8.

      Exit codes: 0 there is an answer; 1 the answer is that it failed, and standard error says why; 2 the command line \
      or the parameters were not understood; 130 interrupted by Ctrl-C.
      """,
    version: VersionText.line,
    groupedSubcommands: [
      CommandGroup(name: "Question", subcommands: questions), CommandGroup(name: "Service", subcommands: service),
    ])

  private static let questions: [any ParsableCommand.Type] = [
    RecommendCommand.self, FitCommand.self, AssessCommand.self, CalibrateCommand.self, InspectCommand.self,
    MemoryCommand.self, SpeedCommand.self, SynthesizeCommand.self, BenchCommand.self, GenerateCommand.self,
    DiagnoseCommand.self, ExplainCommand.self,
  ]
  private static let service: [any ParsableCommand.Type] = [
    ServeCommand.self, RPCCommand.self, CallCommand.self, MethodsCommand.self,
  ]

  @MainActor
  static func main() async {
    signal(SIGPIPE, SIG_IGN)
    let status = await run(Array(CommandLine.arguments.dropFirst()))
    status.end()
  }

  /// Runs the command that the arguments name and says how it went.
  ///
  /// On the main thread, so that a command that blocks takes no thread from the pool that answers.
  @MainActor
  private static func run(_ arguments: [String]) async -> ExitStatus {
    // Editors start language servers with this flag alone.
    let arguments = arguments == ["--stdio"] ? ["serve", "--stdio"] : arguments
    do {
      try checkName(arguments.first)
      var command = try parseAsRoot(arguments)
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      return .success
    } catch {
      return Complaint.report(error)
    }
  }

  /// Throws the failure that names the nearest command, when the first argument is none.
  private static func checkName(_ word: String?) throws(Failure) {
    let names = (questions + service).map { $0._commandName } + ["help"]
    guard let word, !word.hasPrefix("-"), !names.contains(word) else { return }
    let hint = Spelling.nearest(to: word, among: names).map { "did you mean \($0)? " } ?? ""
    throw Failure(.invalidParams, "there is no command \(word); \(hint)'edgewise --help' lists them")
  }
}
