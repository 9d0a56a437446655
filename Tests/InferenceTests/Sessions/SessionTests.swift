import Dispatch
import Inference
import Kernels
import TensorFormats
import TestSupport
import Testing

@Suite("Sessions")
struct SessionTests {
  static let names = ["f32-grouped-tied", "q8_0-multi-separate", "q4_k-grouped-tied", "qwen3-head-norm"]

  private func session(
    _ name: String, threads: Int = 2, context: Int = 64, batch: Int = 256
  ) throws -> Session {
    try Session(
      model: Model.open(path: ReferenceFixture.folder + name + ".gguf"), kernels: KernelSet.select(),
      team: ThreadTeam(threads: threads), contextTokens: context, batchTokens: batch)
  }

  private func tokens(_ count: Int, of session: Session) -> [Int] {
    (0..<count).map { ($0 * 7 + 3) % session.model.shape.vocabularySize }
  }

  /// What the two ways of multiplying may differ by: the fixture's own bound for rounding.
  private func tolerance(_ name: String) throws -> Double { try #require(ReferenceFixture.named(name)).bound }

  @Test("a prompt read at once gives the logits of the same prompt read token by token", arguments: names)
  func prefillEqualsDecode(_ name: String) throws {
    let atOnce = try session(name)
    let tokens = tokens(23, of: atOnce)
    try atOnce.prefill(tokens)
    let oneByOne = try session(name)
    for token in tokens { try oneByOne.decode(token) }
    #expect(largestDifference(atOnce.logits, oneByOne.logits) <= (try tolerance(name)))
  }

  @Test("the batch size does not matter", arguments: names, [1, 3, 8, 16])
  func batches(_ name: String, _ batch: Int) throws {
    let whole = try session(name)
    let tokens = tokens(23, of: whole)
    try whole.prefill(tokens)
    let parts = try session(name, batch: batch)
    try parts.prefill(tokens)
    #expect(largestDifference(whole.logits, parts.logits) <= (try tolerance(name)))
    #expect(parts.position == 23)
  }

  @Test("the number of threads changes nothing, to the last bit", arguments: names, [2, 3, 5])
  func threads(_ name: String, _ threads: Int) throws {
    let alone = try session(name, threads: 1)
    let team = try session(name, threads: threads)
    for session in [alone, team] {
      try session.prefill(tokens(19, of: session))
      try session.decode(1)
    }
    #expect(alone.logits == team.logits)
  }

  @Test("after a reset the same tokens give the same logits")
  func reset() throws {
    let session = try session("q4_0-grouped-separate")
    try session.prefill([1, 2, 3])
    let first = session.logits
    try session.decode(4)
    session.reset()
    #expect(session.position == 0)
    try session.prefill([1, 2, 3])
    #expect(session.logits == first)
  }

  @Test("a raised flag ends prefill and decode, and the session can go on")
  func cancelledBefore() throws {
    let session = try session("q8_0-grouped-tied")
    try session.prefill([1, 2, 3])
    let raised = Cancellation()
    raised.cancel()
    #expect(throws: InferenceError.cancelled) { try session.prefill([4, 5, 6], cancellation: raised) }
    #expect(throws: InferenceError.cancelled) { try session.decode(4, cancellation: raised) }
    #expect(throws: InferenceError.cancelled) { try session.fillCache(depth: 8, cancellation: raised) }
    #expect(session.position == 3)
    try session.decode(4)
    let other = try self.session("q8_0-grouped-tied")
    try other.prefill([1, 2, 3])
    try other.decode(4)
    #expect(session.logits == other.logits)
  }

  @Test("a flag raised in the middle of a long prefill ends it")
  func cancelledDuring() async throws {
    let cancellation = Cancellation()
    // On threads of the system: other tests may keep the pool from raising the flag until the prefill is over.
    await #expect(throws: InferenceError.cancelled) {
      try await onOwnThread {
        let model = try Model.synthetic(
          name: "long", shape: SyntheticTests.small(layers: 400), recipe: .q8_0, workingSetBytes: 1 << 22,
          memoryLimitBytes: 1 << 30)
        let session = try Session(
          model: model, kernels: KernelSet.select(), team: ThreadTeam(threads: 2), contextTokens: 4096)
        // Far more work than it takes to start a thread.
        DispatchQueue(label: "edgewise.test.cancel").async { cancellation.cancel() }
        try session.prefill([Int](repeating: 1, count: 4096), cancellation: cancellation)
      }
    }
  }

  @Test("a cache filled to a depth is decoded from there")
  func depth() throws {
    let session = try session("f16-grouped-separate")
    try session.fillCache(depth: 60)
    #expect(session.position == 60)
    try session.decode(5)
    #expect(session.logits.allSatisfy { $0.isFinite })
    #expect(Set(session.logits).count > 1)
  }

  @Test("what does not fit the context or the vocabulary is refused before anything is computed")
  func limits() throws {
    let session = try session("q8_0-grouped-tied", context: 4)
    #expect(throws: InferenceError.contextFull(contextTokens: 4, neededTokens: 5)) {
      try session.prefill([1, 2, 3, 4, 5])
    }
    #expect(throws: InferenceError.badParameter(name: "tokens", expected: "at least 1", found: 0)) {
      try session.prefill([])
    }
    #expect(throws: InferenceError.tokenOutOfRange(token: 48, vocabularySize: 48)) { try session.decode(48) }
    #expect(throws: InferenceError.tokenOutOfRange(token: -1, vocabularySize: 48)) { try session.decode(-1) }
    #expect(throws: InferenceError.contextFull(contextTokens: 4, neededTokens: 5)) {
      try session.fillCache(depth: 5)
    }
    try session.prefill([1, 2, 3, 4])
    #expect(throws: InferenceError.contextFull(contextTokens: 4, neededTokens: 5)) { try session.decode(1) }
  }

  @Test("absurd contexts and batches are refused by name", arguments: [0, -1, Int.max, 1 << 40])
  func absurdContexts(_ tokens: Int) throws {
    let model = try Model.open(path: ReferenceFixture.folder + "q8_0-grouped-tied.gguf")
    let (kernels, team) = (try KernelSet.select(), try ThreadTeam(threads: 1))
    #expect(throws: InferenceError.badParameter(name: "context", expected: "1 to 268435456 tokens", found: tokens)) {
      _ = try Session(model: model, kernels: kernels, team: team, contextTokens: tokens)
    }
    #expect(throws: InferenceError.badParameter(name: "batch", expected: "1 to 16384 tokens", found: tokens)) {
      _ = try Session(model: model, kernels: kernels, team: team, contextTokens: 8, batchTokens: tokens)
    }
  }

  @Test("a session that exceeds the memory limit is refused with both sizes")
  func memoryLimit() throws {
    let model = try Model.open(path: ReferenceFixture.folder + "q8_0-grouped-tied.gguf")
    // Two layers, keys and values, two heads of 8 values, two bytes each: 128 bytes a token.
    let need = try SessionMemory(shape: model.shape, contextTokens: 1 << 20, batchTokens: 8)
    #expect(need.kvCacheBytes == 128 << 20)
    #expect(need.logitsBytes == 48 * 4)
    let error = InferenceError.notEnoughMemory(
      purpose: "KV cache and scratch for 1048576 tokens", neededBytes: need.totalBytes, limitBytes: 1 << 20)
    #expect(throws: error) {
      _ = try Session(
        model: model, kernels: KernelSet.select(), team: ThreadTeam(threads: 1), contextTokens: 1 << 20,
        batchTokens: 8, memoryLimitBytes: 1 << 20)
    }
    #expect(error.description.contains("\(need.totalBytes) bytes"))
  }
}
