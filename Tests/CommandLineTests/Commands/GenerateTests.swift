import JSON
import TestSupport
import Testing

@testable import edgewise

@Suite("edgewise generate")
struct GenerateTests {
  static let model = Repository.root + "/Tests/InferenceTests/Fixtures/trained.gguf"

  @Test("writes the answer to standard output and the rates to standard error")
  func answer() throws {
    let child = try Child.run(["generate", Self.model, "The small cat eats", "-n", "12", "--stop", "."])
    #expect(child.status == 0)
    #expect(child.output == " fish\n")
    #expect(child.error.contains("prefill") && child.error.contains("ended by stop text"))
    let quiet = try Child.run(
      ["generate", Self.model, "-", "-n", "12", "--stop", ".", "-q"], input: "The small cat eats")
    #expect((quiet.output, quiet.error) == (" fish\n", ""))
  }

  @Test("prints the reply on request")
  func json() throws {
    let child = try Child.run(["generate", Self.model, "--tokens", "84,104", "-n", "2", "--seed", "9", "--json"])
    #expect(child.error == "")
    let reply = try JSON.parse(child.output)
    #expect(reply["promptTokens"] == [84, 104])
    #expect(reply["tokens"]?.array?.count == 2)
    #expect(reply["sampling"]?["seed"] == 9)
  }

  @Test("passes on how weights lie and how the prompt is read")
  func loading() throws {
    let arguments = ["generate", Self.model, "--tokens", "84,104", "-n", "2", "--json", "--mapped", "--batch", "1"]
    let reply = try JSON.parse(Child.run(arguments + ["--cache-format", "f16"]).output)
    #expect(reply["model"]?["weights"] == "mapped" && reply["batchTokens"] == 1 && reply["cacheFormat"] == "F16")
  }

  @Test(
    "says what is wrong",
    arguments: [
      (["x"], 2, "Missing the prompt"), (["x", "y", "--tokens", "1"], 2, "contradict"),
      (["x", "--tokens", "1,b"], 2, "--tokens"), (["no-such-model", "y"], 1, "no-such-model"),
      ([model, ""], 2, "empty"), ([model, "a", "--chat"], 1, "tokenizer.chat_template"),
      ([model, "a", "--temperature=-1"], 2, "/temperature"),
      ([model, "a", "--cache-format", "Q4_0"], 2, "multiple of 32"), ([model, "a", "--context", "9k"], 2, "256"),
    ])
  func wrong(arguments: [String], status: Int32, words: String) throws {
    let child = try Child.run(["generate"] + arguments)
    #expect(child.status == status, "\(child.error)")
    #expect(child.output == "")
    #expect(child.error.contains(words), "\(child.error)")
  }

  @Test("names the byte of text that is not UTF-8")
  func bytes() throws {
    #expect(try ArgumentBytes.text(Array("aé👍".utf8), named: "it") == "aé👍")
    for (bytes, place) in [([0x61, 0xFF], 1), ([0xC3], 0), ([0xC3, 0xA9, 0xE2, 0x82], 2), ([0xED, 0xA0, 0x80], 0)] {
      do {
        _ = try ArgumentBytes.text(bytes.map(UInt8.init), named: "it")
        Issue.record("\(bytes) was taken for text")
      } catch {
        #expect("\(error)".contains("it is not valid UTF-8 at byte \(place) "))
      }
    }
  }
}
