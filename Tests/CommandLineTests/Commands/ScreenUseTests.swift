import Testing

@Suite("Where people look")
struct ScreenUseTests {
  @Test("Nothing that is piped has an escape code", arguments: [["methods"], ["--help"], ["call", "no/method"]])
  func piped(arguments: [String]) throws {
    let child = try Child.run(arguments)
    #expect(!(child.output + child.error).contains("\u{1B}"))
  }

  @Test("A terminal gets bold headings")
  func terminal() throws {
    let terminal = try Terminal.run(["methods"])
    #expect(terminal.status == 0)
    #expect(terminal.screen.contains("\u{1B}[1mMethod\u{1B}[0m"))
  }

  @Test("NO_COLOR, TERM=dumb and --color never leave plain text", arguments: ["NO_COLOR", "TERM", "--color"])
  func plain(how: String) throws {
    var environment = Child.environment
    if how == "NO_COLOR" { environment["NO_COLOR"] = "1" }
    if how == "TERM" { environment["TERM"] = "dumb" }
    let terminal = try Terminal.run(
      ["methods"] + (how == "--color" ? ["--color", "never"] : []), environment: environment)
    #expect(terminal.screen.contains("Method"))
    #expect(!terminal.screen.contains("\u{1B}"))
  }

  @Test("--color always colors even a pipe")
  func always() throws {
    #expect(try Child.run(["methods", "--color", "always"]).output.contains("\u{1B}[1m"))
  }

  @Test("A locale that is not UTF-8 gets ASCII alone")
  func ascii() throws {
    var environment = Child.environment
    environment["LANG"] = "C"
    let child = try Child.run(["methods"], environment: environment)
    #expect(child.output.utf8.allSatisfy { $0 < 0x80 })
    #expect(child.output.contains("----"))
  }

  @Test("No line is wider than the terminal", arguments: [40, 60, 80, 132])
  func width(columns: Int) throws {
    let terminal = try Terminal.run(["methods", "--color", "never"], columns: columns)
    for line in terminal.screen.split(whereSeparator: \.isNewline) { #expect(line.count <= columns, "\(line)") }
  }

  @Test("JSON on a terminal is indented, in a pipe it is one line")
  func json() throws {
    #expect(try Terminal.run(["call", "benchmark/list"]).screen == "{\r\n  \"jobs\": []\r\n}\r\n")
    #expect(try Child.run(["call", "benchmark/list"]).output == "{\"jobs\":[]}\n")
  }
}
