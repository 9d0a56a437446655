import JSON
import TestSupport
import Testing

@Suite("edgewise memory")
struct MemoryTests {
  @Test("shows every term with its formula, and what fits")
  func page() throws {
    let child = try Child.run([
      "memory", "gemma-3-4b", "--context", "32k", "--cache", "q8_0", "--budget", "8GiB", "--json",
    ])
    #expect(child.status == 0)
    let json = try JSON.parse(child.output)
    #expect(json["forecast"]?["settings"]?["contextTokens"] == 32768)
    #expect(json["forecast"]?["settings"]?["valueFormat"] == "q8_0")
    #expect(json["fit"]?["fits"] == true)
  }

  @Test("says which engines there are when one is not")
  func engine() throws {
    let child = try Child.run(["memory", "gemma-3-4b", "--engine", "ggml"])
    #expect(child.status == 2)
    #expect(child.error.contains("llama.cpp"))
  }
}
