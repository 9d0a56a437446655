import JSON
import Testing

@Suite("edgewise recommend")
struct RecommendTests {
  @Test("answers from facts with choice, reasons, commands and runners-up")
  func facts() throws {
    let child = try Child.run(["recommend", "llama-3.2-1b", "--machine", "rpi5"])
    #expect(child.status == 0)
    #expect(child.error == "")
    for words in [
      "Run llama-3.2-1b with llama.cpp", "facts, nothing was measured", "What to expect", "How to run it", "  $ ",
      "Why llama.cpp", "Formats compared", "Other frameworks", "decision tree", "Next",
    ] {
      #expect(child.output.contains(words), "\(words)")
    }
    for line in child.output.split(separator: "\n") where !line.contains("$ ") { #expect(line.count <= 80, "\(line)") }
  }

  @Test("says that a model does not fit, which is an answer")
  func tooLarge() throws {
    let child = try Child.run(["recommend", "phi-4", "--machine", "rpi5", "--memory", "2GiB"])
    #expect(child.status == 0)
    #expect(child.output.replacing("\n", with: " ").contains("does not fit"))
  }

  @Test("hands its options to the method")
  func options() throws {
    let child = try Child.run([
      "recommend", "qwen3-8b", "--machine", "apple-m4-pro", "--priority", "quality", "--context", "8k", "--rate", "5",
      "--first-token", "2s", "--require", "offline=1", "--workflow", "prototyping", "--use-case", "chat", "--json",
    ])
    let json = try JSON.parse(child.output)
    #expect(json["settings"]?["contextTokens"] == 8192)
    #expect(json["expected"]?["targets"]?.array?.count == 2)
    #expect(json["framework"]?["framework"] == "mlx")
  }

  @Test("shows everything with --all")
  func all() throws {
    let arguments = ["recommend", "smollm2-135m", "--quick"]
    #expect(try Child.run(arguments + ["--all"]).output.count > Child.run(arguments).output.count)
  }

  @Test(
    "says what is wrong",
    arguments: [
      (["no-such-model"], 1, "no-such-model"), (["--machine", "no-such-machine"], 1, "no-such-machine"),
      (["--priority", "beauty"], 2, "balanced"), (["--context", "0"], 2, "/contextTokens"),
      (["--require", "beauty=1"], 2, "beauty"), (["--budget", "never"], 2, "--budget"), (["--rate", "-1"], 2, "rate"),
    ] as [([String], Int32, String)])
  func badInput(arguments: [String], status: Int32, message: String) throws {
    let child = try Child.run(["recommend", "--quick"] + arguments)
    #expect(child.status == status)
    #expect(child.output == "")
    #expect(child.error.replacing("\n", with: " ").contains(message), "\(child.error)")
  }
}
