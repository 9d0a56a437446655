import Inference
import Kernels
import TensorFormats
import Testing

@Suite("Ending a session's work")
struct CancellationTests {
  private func session(layers: Int, threads: Int = 1) throws -> Session {
    let model = try Model.synthetic(
      name: "small", shape: SyntheticTests.small(layers: layers), recipe: .q8_0, memoryLimitBytes: 1 << 26)
    let session = try Session(
      model: model, kernels: KernelSet.select(), team: ThreadTeam(threads: threads), contextTokens: 64)
    try session.prefill([1, 2, 3])
    return session
  }

  /// How often decoding one token looks at its flag.
  private func looks(layers: Int) throws -> Int {
    let cancellation = Cancellation(allowance: .max)
    try session(layers: layers).decode(4, cancellation: cancellation)
    return cancellation.looksTaken
  }

  @Test("each layer looks at the flag before each of its products and before attention")
  func looksOfALayer() throws {
    // Projections, attention, its output, gate with up, down.
    #expect(try looks(layers: 7) - looks(layers: 3) >= 4 * 5)
  }

  @Test("decoding ends at the very look at which the flag is up, and the session goes on", arguments: [1, 3])
  func everywhere(threads: Int) throws {
    let session = try session(layers: 4, threads: threads)
    let all = Cancellation(allowance: .max)
    try session.decode(4, cancellation: all)
    let expected = session.logits
    for allowance in 0..<all.looksTaken {
      session.rewind(to: 3)
      let cancellation = Cancellation(allowance: allowance)
      #expect(throws: InferenceError.cancelled) { try session.decode(4, cancellation: cancellation) }
      // Every thread finds the flag up once; none begins another piece, in this phase or a later one.
      #expect((allowance + 1...allowance + threads).contains(cancellation.looksTaken))
      #expect(session.position == 3)
    }
    try session.decode(4)
    #expect(session.logits == expected)
  }

  @Test("so does reading a prompt")
  func prompts() throws {
    let session = try session(layers: 2)
    let prompt = (0..<40).map { $0 * 7 % 320 }
    let all = Cancellation(allowance: .max)
    try session.prefill(prompt, cancellation: all)
    let expected = session.logits
    for allowance in stride(from: 0, to: all.looksTaken, by: 5) {
      session.rewind(to: 3)
      let cancellation = Cancellation(allowance: allowance)
      #expect(throws: InferenceError.cancelled) { try session.prefill(prompt, cancellation: cancellation) }
      #expect(cancellation.looksTaken == allowance + 1 && session.position == 3)
    }
    try session.prefill(prompt)
    #expect(session.logits == expected)
  }
}
