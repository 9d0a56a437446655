import Inference
import Kernels
import Testing

@Suite("Against an independent double-precision transformer")
struct ReferenceTests {
  @Test("every format, head arrangement and rotation scaling has fixtures")
  func coverage() {
    let names = ReferenceFixture.all.map(\.name)
    #expect(names.count == 21)
    #expect(Set(ReferenceFixture.all.map(\.format)) == ["F32", "F16", "Q8_0", "Q4_0", "Q4_K", "Q6_K"])
    for part in ["grouped", "multi", "tied", "separate", "linear", "llama3", "yarn", "qwen2", "qwen3"] {
      #expect(names.contains { $0.contains(part) }, "\(part)")
    }
  }

  @Test(
    "logits after the prompt and after every decoded token stay within the bound",
    arguments: ReferenceFixture.all, KernelSet.usable)
  func logits(_ fixture: ReferenceFixture, _ kernels: KernelSet) throws {
    let session = try Session(
      model: Model.open(path: fixture.path), kernels: kernels, team: ThreadTeam(threads: 2), contextTokens: 32)
    try session.prefill(fixture.prompt)
    #expect(largestDifference(session.logits, fixture.logits[0]) <= fixture.bound)
    for (token, expected) in zip(fixture.greedy, fixture.logits.dropFirst()) {
      try session.decode(token)
      #expect(largestDifference(session.logits, expected) <= fixture.bound)
    }
    #expect(session.position == fixture.prompt.count + fixture.greedy.count)
  }

  @Test("greedy tokens agree", arguments: ReferenceFixture.all, KernelSet.usable)
  func greedy(_ fixture: ReferenceFixture, _ kernels: KernelSet) throws {
    let session = try Session(
      model: Model.open(path: fixture.path), kernels: kernels, team: ThreadTeam(threads: 1), contextTokens: 32)
    #expect(try session.generateGreedy(prompt: fixture.prompt, count: fixture.greedy.count) == fixture.greedy)
  }
}
