import ArgumentParser

/// How a forecast of speed is run.
struct PromptOptions: ParsableArguments {
  @Option(name: .shortAndLong, help: ArgumentHelp("The length of the prompt.", valueName: "tokens"))
  var prompt: TokenCount?

  @Option(name: .shortAndLong, help: ArgumentHelp("The threads.", valueName: "count"))
  var threads: Int?

  func set(_ params: inout Parameters) {
    params.set("promptTokens", prompt?.tokens)
    params.set("threads", threads)
  }
}
