import Inference
import Kernels
import TensorFormats
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite("Formats of the KV cache")
struct CellFormatTests {
  /// How far the distribution of the next token may diverge from that with an F16 cache, in nats: at the worst of 96 positions,
  /// and on average.
  ///
  /// With n codes to the largest of 32 numbers (127 in Q8_0, 8 in Q4_0) a number is off by up to 1 / 2n of the largest, root mean
  /// square 1 / (sqrt(12) n), and scores by as much of their size, about 10: 0.02 and 0.36. The divergence is about half the
  /// variance of logits that are off by such shares: 3e-4 and 7e-2 if all of it reached the logits, and many times that at a
  /// token where the model hesitates.
  static let bounds: [(format: CellFormat, worst: Double, mean: Double)] = [
    (.f16, 1e-9, 1e-9), (.q8_0, 1e-2, 3e-4), (.q4_0, 1, 7e-2),
  ]

  private func session(
    _ model: Model, _ format: CellFormat, _ kernels: KernelSet? = nil, context: Int = 128, batch: Int = 256
  ) throws -> Session {
    try Session(
      model: model, kernels: kernels ?? KernelSet.select(), team: ThreadTeam(threads: 2), contextTokens: context,
      batchTokens: batch, cacheFormat: format)
  }

  private func shape(_ architecture: String, headSize: Int = 32) -> TransformerShape {
    var shape = TransformerShape(
      architecture: architecture, layers: 4, hiddenSize: 64, intermediateSize: 96, heads: 4, kvHeads: 2,
      headSize: headSize, vocabularySize: 64, contextTokens: 128, tiedOutput: true)
    if ["qwen3moe", "gpt-oss"].contains(architecture) {
      shape.experts = ExpertShape(count: 8, used: 3, intermediateSize: 32)
    }
    if architecture == "lfm2" { shape.convolutionLayers = [0, 2] }
    shape.windowTokens = 9
    return shape
  }

  @Test(
    "a trained model reads text as with exact arithmetic and an F16 cache, on every tier", arguments: KernelSet.usable)
  func trained(_ kernels: KernelSet) throws {
    let expected = try #require(HeldOutTextTests.expectation)
    let model = try Model(file: WideHeads.file())
    #expect(model.shape.headSize == WideHeads.headSize)
    let original = try session(Model.open(path: HeldOutTextTests.path), .f16, kernels)
    var exact: [[Double]] = []
    for token in expected.tokens {
      try original.decode(token)
      exact.append(original.logits.map(Double.init))
    }
    for (format, worst, mean) in Self.bounds {
      let session = try session(model, format, kernels)
      #expect(session.cacheFormat == format)
      var divergences: [Double] = []
      for (token, reference) in zip(expected.tokens, exact) {
        try session.decode(token)
        divergences.append(divergence(reference, session.logits))
      }
      #expect(divergences.max() ?? .infinity < worst, "\(format)")
      #expect(divergences.reduce(0, +) / Double(divergences.count) < mean, "\(format)")
      // Five bits are too few for the same answer to be certain.
      guard format != .q4_0 else { continue }
      session.reset()
      let answer = try session.generateGreedy(prompt: expected.promptTokens, count: expected.answerTokens.count)
      #expect(answer == expected.answerTokens, "\(format)")
    }
  }

  @Test(
    "a prompt read at once gives what the same prompt gives token by token, in every architecture",
    arguments: SupportedArchitecture.all.map(\.name), CellFormat.allCases)
  func prefillEqualsDecode(_ architecture: String, _ format: CellFormat) throws {
    let model = try Model.synthetic(
      name: "small", shape: shape(architecture), recipe: .f32, memoryLimitBytes: 1 << 26)
    let tokens = (0..<70).map { ($0 * 7 + 3) % 64 }
    // A number between two codes may become either when its last bit differs: a step of one cell among 70 positions.
    let bound = 1e-2
    let oneByOne = try session(model, format)
    for token in tokens { try oneByOne.decode(token) }
    for batch in [256, 8, 5] {
      let atOnce = try session(model, format, batch: batch)
      try atOnce.prefill(tokens)
      #expect(largestDifference(oneByOne.logits, atOnce.logits) < bound, "batch \(batch)")
    }
  }

  @Test("threads change nothing, to the last bit", arguments: CellFormat.allCases)
  func threads(_ format: CellFormat) throws {
    let model = try Model.synthetic(name: "small", shape: shape("llama"), recipe: .q4_0, memoryLimitBytes: 1 << 26)
    let sessions = try [1, 2, 5].map {
      try Session(
        model: model, kernels: KernelSet.select(), team: ThreadTeam(threads: $0), contextTokens: 128,
        cacheFormat: format)
    }
    for session in sessions {
      try session.prefill(Array(0..<60))
      try session.decode(61)
    }
    #expect(sessions.allSatisfy { $0.logits == sessions[0].logits })
  }

  @Test(
    "take the bytes that their blocks have, in whole pages of 64 positions",
    arguments: [(CellFormat.f16, 128), (.q8_0, 68), (.q4_0, 36)])
  func memory(_ format: CellFormat, _ cellBytes: Int) throws {
    let shape = shape("llama", headSize: 64)
    // Keys and values of two heads in four layers; two pages for 100 positions.
    let memory = try SessionMemory(shape: shape, contextTokens: 100, batchTokens: 8, cacheFormat: format)
    #expect(memory.kvCacheBytes == 2 * 2 * 4 * 128 * cellBytes)
    #expect(shape.cacheBytesPerToken(format) == 2 * 2 * 4 * cellBytes)
    let model = try Model.synthetic(name: "small", shape: shape, recipe: .q4_0, memoryLimitBytes: 1 << 26)
    #expect(try session(model, format, context: 100, batch: 8).memory == memory)
  }

  @Test("cost a token what its layers see: all positions, or those of the window", arguments: CellFormat.allCases)
  func bytesRead(_ format: CellFormat) {
    var all = shape("llama")
    all.windowTokens = nil
    let one = Double(all.cacheBytesPerToken(format))
    #expect(all.cacheBytesRead(depth: 100, format) == 100 * one)
    #expect(all.cacheBytesRead(depth: 0, format) == 0)
    // Every other layer of gemma2 has a window of 9 tokens.
    let windowed = shape("gemma2")
    #expect(windowed.cacheBytesRead(depth: 100, format) == 50 * one + 4.5 * one)
    #expect(windowed.cacheBytesRead(depth: 4.5, format) == 4.5 * one)
    let convolutions = shape("lfm2")
    #expect(convolutions.cacheBytesPerToken(format) == all.cacheBytesPerToken(format) / 2)
  }

  @Test("that need blocks of 32 refuse heads that do not fill them, naming both", arguments: [CellFormat.q8_0, .q4_0])
  func headSizes(_ format: CellFormat) throws {
    let model = try Model.open(path: ReferenceFixture.folder + "q8_0-grouped-tied.gguf")
    let error = #expect(throws: InferenceError.self) { try session(model, format) }
    #expect(error?.description.contains("cache format \(format.rawValue)") == true)
    #expect(error?.description.contains("head size that is a multiple of 32, found 8") == true)
  }

  @Test("are filled to a depth and decoded from there", arguments: CellFormat.allCases)
  func depth(_ format: CellFormat) throws {
    let model = try Model.synthetic(name: "small", shape: shape("llama"), recipe: .q4_0, memoryLimitBytes: 1 << 26)
    let session = try session(model, format)
    try session.fillCache(depth: 100)
    try session.decode(5)
    #expect(session.position == 101 && session.logits.allSatisfy(\.isFinite) && Set(session.logits).count > 1)
  }
}
