import JSON
import TestSupport
import Testing

@Suite("edgewise diagnose and explain")
struct DiagnoseTests {
  static let log = """
    llama_model_loader: loaded meta data with 30 key-value pairs
    llama_context: n_ctx         = 131072
    llama_kv_cache: failed to allocate buffer for kv cache

    """

  @Test("explains a log from a file and from standard input alike")
  func log() throws {
    let folder = try FileTree(["run.log": Self.log])
    defer { withExtendedLifetime(folder) {} }
    let file = try Child.run(["diagnose", folder.path + "/run.log"])
    #expect(file.status == 0)
    for words in ["lcp-kv-alloc", "What to do, in order", "Line 3:", "Framework: llama.cpp"] {
      #expect(file.output.contains(words), "\(words)")
    }
    #expect(try Child.run(["diagnose", "-"], input: Self.log).output == file.output)
  }

  @Test("takes words, numbers and a framework")
  func described() throws {
    let child = try Child.run([
      "diagnose", "--symptom", "generation is slow", "--metric", "threads=8", "--framework", "llama.cpp", "--machine",
      "rpi5", "--json",
    ])
    let json = try JSON.parse(child.output)
    #expect(json["framework"]?["name"] == "llama.cpp")
    #expect(json["causes"]?[0]?["code"]?.string != nil)
  }

  @Test("shows everything with --all")
  func all() throws {
    let arguments = ["diagnose", "--symptom", "the first token is slow", "--machine", "rpi5"]
    let (short, long) = (try Child.run(arguments).output, try Child.run(arguments + ["--all"]).output)
    #expect(short.contains("possible"))
    #expect(long.count > short.count)
  }

  @Test("keeps the control characters of a log from the terminal")
  func hostile() throws {
    let child = try Child.run(["diagnose", "-"], input: "error: \u{1B}]0;x\u{7} unknown failure \u{9B}2J\n")
    #expect(child.status == 0)
    #expect(!child.output.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0 == "\u{9B}" })
  }

  @Test(
    "says what is wrong",
    arguments: [
      ([], 2, "Missing what to explain"), (["/nonexistent.log"], 2, "cannot open /nonexistent.log"),
      (["/"], 2, "cannot read /"), (["--metric", "threads"], 2, "--metric"),
      (["--metric", "thread=8"], 2, "threads"),
      (["--metric", "cpuUtilizationFraction=93"], 2, "cpuUtilizationFraction"),
      (["--symptom", "slow", "--framework", "lama"], 2, "lama"),
    ] as [([String], Int32, String)])
  func badInput(arguments: [String], status: Int32, message: String) throws {
    let child = try Child.run(["diagnose"] + arguments)
    #expect(child.status == status)
    #expect(child.output == "")
    #expect(child.error.replacing("\n", with: " ").contains(message), "\(child.error)")
  }

  @Test("explain tells a rule, a message and a complaint", arguments: ["EW351", "lcp-ggufv1", "slow-first-token"])
  func explain(code: String) throws {
    let child = try Child.run(["explain", code])
    #expect(child.status == 0)
    #expect(child.output.hasPrefix(code))
  }

  @Test("explain lists every code, and knows the unknown ones")
  func explainList() throws {
    #expect(try Child.run(["explain"]).output.contains("EW101"))
    let unknown = try Child.run(["explain", "EW999"])
    #expect(unknown.status == 1)
    #expect(unknown.error.contains("EW999"))
  }
}
