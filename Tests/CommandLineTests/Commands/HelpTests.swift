import Testing

@Suite("Help")
struct HelpTests {
  static let commands = [
    "assess", "bench", "call", "diagnose", "explain", "generate", "inspect", "methods", "recommend", "rpc", "serve",
  ]

  @Test("Help goes to standard output, and says how to start", arguments: [["--help"], ["-h"], [], ["help"]])
  func root(arguments: [String]) throws {
    let child = try Child.run(arguments)
    #expect(child.status == 0)
    #expect(child.error == "")
    for word in ["edgewise recommend", "Exit codes", "130", "call", "methods"] {
      #expect(child.output.contains(word), "\(word)")
    }
  }

  @Test("Every command has help with an example, no wider than 80 columns", arguments: commands)
  func command(name: String) throws {
    let child = try Child.run([name, "--help"])
    #expect(child.status == 0)
    #expect(child.output.contains("Examples:\n"))
    for line in child.output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
    #expect(try Child.run(["help", name]).output.contains("edgewise \(name)"))
  }

  @Test("The version is one line")
  func version() throws {
    let child = try Child.run(["--version"])
    #expect(child.status == 0)
    #expect(child.output.hasPrefix("edgewise "))
    #expect(child.output.count { $0 == "\n" } == 1)
  }

  @Test("A misspelled command is named with the nearest one")
  func misspelled() throws {
    let child = try Child.run(["metods"])
    #expect(child.status == 2)
    #expect(child.output == "")
    let message = child.error.replacing("\n", with: " ")
    #expect(message == "edgewise: there is no command metods; did you mean methods? 'edgewise --help' lists them ")
  }

  @Test(
    "Wrong usage is 2, on standard error, with the way to help",
    arguments: [
      ["call"], ["methods", "--nonsense"], ["methods", "a", "b"], ["call", "a", "{}", "c"], ["--nonsense"],
    ])
  func usage(arguments: [String]) throws {
    let child = try Child.run(arguments)
    #expect(child.status == 2)
    #expect(child.output == "")
    #expect(child.error.hasPrefix("edgewise: "))
    #expect(child.error.contains("Usage: edgewise"))
  }
}
