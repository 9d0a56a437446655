import JSON
import Testing

@Suite("edgewise call")
struct CallTests {
  @Test("prints the reply as one line of JSON")
  func reply() throws {
    let child = try Child.run(["call", "benchmark/list"])
    #expect(child.status == 0)
    #expect(child.error == "")
    #expect(child.output == "{\"jobs\":[]}\n")
  }

  @Test("reads parameters from standard input for -")
  func standardInput() throws {
    let child = try Child.run(["call", "benchmark/status", "-"], input: "{\"job\": \"job-77\"}")
    #expect(child.status == 1)
    #expect(child.error.contains("job-77"))
  }

  @Test(
    "says what is wrong with the call",
    arguments: [
      (["no/method"], "there is no method no/method"),
      (["benchmark/lst"], "did you mean benchmark/list?"),
      (["benchmark/list", "{"], "not valid JSON"),
      (["benchmark/list", "{\"a\":1}"], "a"),
      (["benchmark/list", "[]"], "expected an object"),
      (["benchmark/list", "7"], "object"),
      (["benchmark/list", ""], "not valid JSON"),
      (["benchmark/status"], "job"),
      (["benchmark/status", "{\"job\": 5}"], "/job"),
      (["benchmark/status", "{\"jbo\": \"job-1\"}"], "jbo"),
    ])
  func badInput(arguments: [String], message: String) throws {
    let child = try Child.run(["call"] + arguments)
    #expect(child.status == 2)
    #expect(child.output == "")
    #expect(child.error.hasPrefix("edgewise: "))
    #expect(child.error.replacing("\n", with: " ").contains(message), "\(child.error)")
  }

  @Test("lists each wrong parameter when there are several")
  func severalViolations() throws {
    let child = try Child.run(["call", "benchmark/status", "{\"a\": 1, \"b\": 2}"])
    #expect(child.status == 2)
    #expect(child.error.split(separator: "\n").count { $0.hasPrefix("  ") } >= 2)
  }

  @Test("says that standard input has no JSON when it is empty")
  func emptyInput() throws {
    let child = try Child.run(["call", "benchmark/list", "-"])
    #expect(child.status == 2)
    #expect(child.error.contains("standard input is not valid JSON"))
  }

  @Test("fails with 1 when the question was understood and has no answer")
  func failure() throws {
    let child = try Child.run(["call", "benchmark/status", "{\"job\":\"job-1\"}"])
    #expect(child.status == 1)
    #expect(child.output == "")
  }

  @Test("shows the parameters and examples of a method with --help")
  func methodHelp() throws {
    let child = try Child.run(["call", "benchmark/status", "--help"])
    #expect(child.status == 0)
    #expect(child.output.contains("Shows how far a benchmark job is."))
    #expect(child.output.contains("job  string"))
    #expect(child.output.contains("$ edgewise call benchmark/status '{\"job\":\"job-999\"}'"))
  }

  @Test("knows no help for a method that does not exist")
  func unknownHelp() throws {
    let child = try Child.run(["call", "benchmark/lst", "--help"])
    #expect(child.status == 2)
    #expect(child.error.contains("did you mean benchmark/list?"))
  }
}
