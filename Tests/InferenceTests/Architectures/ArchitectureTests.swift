import Inference
import Kernels
import TensorFormats
import Testing

@Suite("Architectures against an independent double-precision transformer")
struct ArchitectureTests {
  private func session(
    _ fixture: ArchitectureFixture, _ kernels: KernelSet? = nil, threads: Int = 2, batch: Int = 256
  ) throws -> Session {
    try Session(
      model: Model.open(path: fixture.path), kernels: kernels ?? KernelSet.select(),
      team: ThreadTeam(threads: threads), contextTokens: fixture.context, batchTokens: batch)
  }

  @Test("every architecture has a fixture in plain and block formats or in plain ones")
  func coverage() {
    let architectures = Set(ArchitectureFixture.all.map(\.architecture))
    #expect(architectures == Set(SupportedArchitecture.all.map(\.name)))
    #expect(SupportedArchitecture.all.map(\.name) == SupportedArchitecture.all.map(\.name).sorted())
    #expect(Set(ArchitectureFixture.all.map(\.format)) == ["F32", "F16", "Q8_0", "MXFP4"])
    #expect(ArchitectureFixture.all.allSatisfy { $0.kl == 1e-6 || !$0.isPlain })
  }

  @Test(
    "the best token is the same and the distribution diverges less than the bound", arguments: ArchitectureFixture.all,
    KernelSet.usable)
  func logits(_ fixture: ArchitectureFixture, _ kernels: KernelSet) throws {
    let session = try session(fixture, kernels)
    try session.prefill(fixture.prompt)
    #expect(divergence(fixture.logits[0], session.logits) < fixture.kl)
    for (token, expected) in zip(fixture.greedy, fixture.logits.dropFirst()) {
      #expect(session.greedyToken == token)
      try session.decode(token)
      #expect(divergence(expected, session.logits) < fixture.kl)
    }
  }

  @Test("a prompt read at once gives what the same prompt gives token by token", arguments: ArchitectureFixture.all)
  func prefillEqualsDecode(_ fixture: ArchitectureFixture) throws {
    let tokens = fixture.prompt + fixture.greedy
    let oneByOne = try session(fixture)
    for token in tokens { try oneByOne.decode(token) }
    for batch in [256, 1, 5, 8] {
      let atOnce = try session(fixture, batch: batch)
      try atOnce.prefill(tokens)
      // Both differ from the reference by rounding alone: in plain formats by less than a millionth of a nat each.
      #expect(divergence(oneByOne.logits.map(Double.init), atOnce.logits) < 2 * fixture.kl, "batch \(batch)")
      #expect(atOnce.greedyToken == oneByOne.greedyToken)
    }
  }

  @Test("the number of threads changes nothing, to the last bit", arguments: ArchitectureFixture.all)
  func threads(_ fixture: ArchitectureFixture) throws {
    let sessions = try [1, 2, 3].map { try session(fixture, threads: $0) }
    for session in sessions {
      try session.prefill(fixture.prompt)
      try session.decode(fixture.greedy[0])
    }
    #expect(sessions[0].logits == sessions[1].logits)
    #expect(sessions[0].logits == sessions[2].logits)
  }

  @Test("a session goes on after a reset and after a run that was cancelled", arguments: ArchitectureFixture.all)
  func goesOn(_ fixture: ArchitectureFixture) throws {
    let session = try session(fixture, batch: 4)
    try session.prefill(fixture.prompt)
    let first = session.logits
    let raised = Cancellation()
    raised.cancel()
    #expect(throws: InferenceError.cancelled) { try session.prefill(fixture.greedy, cancellation: raised) }
    try session.decode(fixture.greedy[0])
    let second = session.logits
    session.reset()
    try session.prefill(fixture.prompt)
    #expect(session.logits == first)
    try session.decode(fixture.greedy[0])
    #expect(session.logits == second)
  }

  @Test(
    "a synthetic model of the same shape has as many bytes of vectors and parameters",
    arguments: ArchitectureFixture.all)
  func parameters(_ fixture: ArchitectureFixture) throws {
    let model = try Model.open(path: fixture.path)
    let plan = try WeightPlan(shape: model.shape, recipe: .f32)
    // Factors of rotations are not among a synthetic model's weights.
    let factors = fixture.architecture == "phi3" ? 4 * model.shape.ropeDimensions : 0
    #expect(model.plan.vectorBytes == plan.vectorBytes + factors)
    #expect(plan.weightBytes == 4 * model.shape.parameters)
    #expect(model.plan.matrices.reduce(0) { $0 + $1.rows * $1.columns } * 4 == plan.weightBytes - plan.vectorBytes)
  }
}
