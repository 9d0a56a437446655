import JSON
import TestSupport
import Testing

@Suite("edgewise inspect")
struct InspectTests {
  static let hostile = "bad \u{1B}]0;title\u{7} name"

  static func model(_ body: (String) throws -> Void) throws {
    let folder = try FileTree([:])
    let writer = GGUFWriter.small.setting("general.name", .string(hostile))
    try folder.write(writer.bytes(), to: "model.gguf")
    try withExtendedLifetime(folder) { try body(folder.path + "/model.gguf") }
  }

  @Test("shows a file's shape, formats and memory, within 80 columns")
  func file() throws {
    try Self.model { path in
      let child = try Child.run(["inspect", path, "--context", "64"])
      #expect(child.status == 0)
      #expect(child.error == "")
      for words in ["Layers", "Tensors by format", "Memory at a context of 64 tokens", "KV cache", "Total"] {
        #expect(child.output.contains(words), "\(words)")
      }
      for line in child.output.split(separator: "\n") where !line.contains("$ ") {
        #expect(line.count <= 80, "\(line)")
      }
    }
  }

  @Test("never lets the text of a file reach the terminal's controls")
  func hostileText() throws {
    try Self.model { path in
      let child = try Child.run(["inspect", path, "--metadata", "--tensors"])
      #expect(child.status == 0)
      #expect(!child.output.contains("\u{1B}"))
      #expect(!child.output.contains("\u{7}"))
      #expect(child.output.contains("Offset in bytes"))
      #expect(child.output.contains("general.name"))
    }
  }

  @Test("prints the reply itself with --json")
  func json() throws {
    let json = try JSON.parse(try Child.run(["inspect", "llama-3.1-8b", "--context", "8k", "--json"]).output)
    #expect(json["memory"]?["settings"]?["contextTokens"] == 8192)
    let call = try Child.run(["call", "model/inspect", "{\"model\":\"llama-3.1-8b\",\"contextTokens\":8192}"])
    #expect(try JSON.parse(call.output) == json)
  }

  @Test("hands its options to the method")
  func options() throws {
    let child = try Child.run([
      "inspect", "qwen3-4b", "--context", "32k", "--kv-format", "q8_0", "--weight-format", "Q8_0", "--json",
    ])
    let json = try JSON.parse(child.output)
    #expect(json["memory"]?["settings"]?["keyFormat"] == "q8_0")
    #expect(json["memory"]?["settings"]?["contextTokens"] == 32768)
  }

  @Test("lists the catalogue, all of it or a part")
  func list() throws {
    let part = try Child.run(["inspect", "--list", "smollm2"]).output
    #expect(part.contains("smollm2-135m"))
    #expect(!part.contains("llama"))
    #expect(try Child.run(["inspect", "--list"]).output.contains("llama-3.1-8b"))
    #expect(try Child.run(["inspect", "--list", "nonesuch"]).output.contains("No model"))
  }

  @Test(
    "says what is wrong",
    arguments: [
      (["no-such-model"], 1, "neither a file nor a name"), (["/nonexistent/model.gguf"], 1, "/nonexistent/model.gguf"),
      (["/dev/zero"], 1, "/dev/zero"), (["/tmp"], 1, "/tmp"), ([], 2, "Missing the model"),
      (["qwen3-4b", "--context", "many"], 2, "--context"), (["qwen3-4b", "--context", "0"], 2, "contextTokens"),
      (["qwen3-4b", "--kv-format", "q3"], 2, "kvFormat"),
    ] as [([String], Int32, String)])
  func badInput(arguments: [String], status: Int32, message: String) throws {
    let child = try Child.run(["inspect"] + arguments)
    #expect(child.status == status)
    #expect(child.output == "")
    #expect(child.error.hasPrefix("edgewise: "))
    #expect(child.error.replacing("\n", with: " ").contains(message), "\(child.error)")
  }
}
