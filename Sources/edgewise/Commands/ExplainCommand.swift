import ArgumentParser
import JSON
import Service

/// `edgewise explain CODE`: the rule or the known message behind a code.
struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain a code, such as EW301, that stands beside a reason.",
    discussion: """
      Examples:
        edgewise explain                  every code
        edgewise explain EW101
        edgewise explain lcp-cuda-oom     a known message of a framework
      """)

  @Argument(help: "The code of a rule, message or complaint; without one all are listed.")
  var code: String?

  @OptionGroup var output: OutputOptions

  mutating func run() async throws {
    var params = Parameters()
    params.set("code", code)
    try await Question.show(RuleExplain.name, params.json, output) { RulePage.show($0, on: &$1) }
  }
}
