import JSON
import TestSupport
import Testing

@Suite("edgewise synthesize")
struct SynthesizeTests {
  @Test("writes a file of a shape given on the command line that inspect then describes")
  func shape() throws {
    let tree = try FileTree([:])
    let path = tree.path + "/tiny.gguf"
    let shape = "architecture=llama,layers=2,hiddenSize=64,heads=2,vocabularySize=100,contextTokens=128"
    let child = try Child.run(["synthesize", "--shape", shape, "--format", "Q8_0", "--output", path, "--quiet"])
    #expect(child.status == 0)
    let model = try JSON.parse(try Child.run(["inspect", path, "--json"]).output)["model"]
    #expect(model?["architecture"] == "llama" && model?["hyperparameters"]?["blockCount"] == 2)
    let again = try Child.run(["synthesize", "--shape", shape, "--output", path, "--quiet"])
    #expect(again.status == 2)
    #expect(again.error.contains("already"))
  }

  @Test("asks for a model or a shape")
  func nothing() throws {
    let child = try Child.run(["synthesize", "--output", "x.gguf"])
    #expect(child.status == 2)
    #expect(child.error.contains("--shape"))
  }
}
