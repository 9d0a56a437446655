import Inference
import Kernels
import TensorFormats
import Testing

@Suite("Synthetic models")
struct SyntheticTests {
  /// A Llama shape whose rows fill blocks of every format.
  static func small(layers: Int = 3) -> TransformerShape {
    TransformerShape(
      architecture: "llama", layers: layers, hiddenSize: 256, intermediateSize: 512, heads: 8, kvHeads: 2,
      headSize: 32, vocabularySize: 320, contextTokens: 4096, tiedOutput: false)
  }

  private func run(_ model: Model, tokens: [Int]) throws -> [Float] {
    let session = try Session(
      model: model, kernels: KernelSet.select(), team: ThreadTeam(threads: 2), contextTokens: 64)
    try session.prefill(tokens)
    try session.decode(session.greedyToken)
    return session.logits
  }

  @Test("every recipe gives finite, varied logits of a sensible size", arguments: FileTypeRecipe.runnable)
  func recipes(_ recipe: FileTypeRecipe) throws {
    let model = try Model.synthetic(name: "small", shape: Self.small(), recipe: recipe, memoryLimitBytes: 1 << 26)
    let logits = try run(model, tokens: [1, 2, 3, 4, 5, 6, 7, 8, 9])
    #expect(logits.allSatisfy { $0.isFinite })
    // The output is a normalized vector times rows of unit length: a standard deviation of about one.
    let variance = logits.reduce(0) { $0 + $1 * $1 } / Float(logits.count)
    #expect(variance > 0.1 && variance < 10, "\(variance)")
    #expect(Set(logits).count > 300)
  }

  @Test("the same seed gives the same model, another seed another one")
  func seeds() throws {
    let logits = try [1, 1, 2].map { seed in
      try run(
        Model.synthetic(
          name: "small", shape: Self.small(), recipe: .q4_k_m, seed: seed, memoryLimitBytes: 1 << 26),
        tokens: [5, 6])
    }
    #expect(logits[0] == logits[1])
    #expect(logits[0] != logits[2])
  }

  @Test("layers beyond the working set reuse earlier ones, and the model says so")
  func workingSet() throws {
    let shape = Self.small(layers: 24)
    let plan = try WeightPlan(shape: shape, recipe: .q4_k_m)
    let model = try Model.synthetic(
      name: "small", shape: shape, recipe: .q4_k_m, workingSetBytes: plan.weightBytes / 4,
      memoryLimitBytes: plan.weightBytes / 3)
    guard case .synthetic(let origin) = model.origin else {
      Issue.record("expected a synthetic origin")
      return
    }
    #expect(origin.residentBytes <= plan.weightBytes / 4)
    #expect(origin.residentBytes == model.residentWeightBytes)
    #expect(origin.repeatedLayers > 12 && origin.repeatedLayers < 24)
    #expect(model.plan.weightBytes == plan.weightBytes)
    let note = "\(origin.repeatedLayers) of 24 layers reuse the weights of earlier ones"
    #expect(model.notes.contains { $0.contains(note) })
    #expect(try run(model, tokens: [1, 2]).allSatisfy { $0.isFinite })
  }

  @Test("without a working set every matrix has memory of its own")
  func everythingResident() throws {
    let plan = try WeightPlan(shape: Self.small(), recipe: .q8_0)
    let model = try Model.synthetic(name: "small", shape: Self.small(), recipe: .q8_0, memoryLimitBytes: 1 << 26)
    let matrixBytes = plan.matrices.reduce(0) { $0 + $1.byteCount }
    #expect((matrixBytes..<matrixBytes + 64 * plan.matrices.count).contains(model.residentWeightBytes))
  }

  @Test("a model beyond the memory limit is refused before anything is allocated")
  func memoryLimit() throws {
    var shape = Self.small(layers: 1000)
    shape.hiddenSize = 1 << 17
    shape.intermediateSize = 1 << 20
    #expect {
      try Model.synthetic(name: "huge", shape: shape, recipe: .f32, memoryLimitBytes: 1 << 30)
    } throws: { error in
      guard case .notEnoughMemory(let purpose, let needed, 1 << 30) = error as? InferenceError else { return false }
      return purpose == "weights of huge in F32" && needed > 1 << 48
    }
  }

  @Test("making weights can be cancelled, and progress never decreases")
  func cancelAndProgress() throws {
    let raised = Cancellation()
    raised.cancel()
    #expect(throws: InferenceError.cancelled) {
      try Model.synthetic(
        name: "small", shape: Self.small(), recipe: .f16, memoryLimitBytes: 1 << 26, cancellation: raised)
    }
    var fractions: [Double] = []
    _ = try Model.synthetic(name: "small", shape: Self.small(), recipe: .f16, memoryLimitBytes: 1 << 26) {
      fractions.append($0)
    }
    #expect(fractions == fractions.sorted() && fractions.last == 1 && fractions.count > 10)
  }

  @Test("every architecture is made with what it has", arguments: SupportedArchitecture.all.map(\.name))
  func variants(_ architecture: String) throws {
    var shape = TransformerShape(
      architecture: architecture, layers: 4, hiddenSize: 64, intermediateSize: 96, heads: 4, kvHeads: 2, headSize: 16,
      vocabularySize: 64, contextTokens: 128, tiedOutput: true)
    if ["qwen3moe", "gpt-oss"].contains(architecture) {
      shape.experts = ExpertShape(count: 8, used: 3, intermediateSize: 32)
    }
    if architecture == "lfm2" { shape.convolutionLayers = [0, 2] }
    shape.windowTokens = 3
    let model = try Model.synthetic(name: "small", shape: shape, recipe: .q4_k_m, memoryLimitBytes: 1 << 26)
    #expect(try run(model, tokens: [1, 2, 3, 4, 5]).allSatisfy { $0.isFinite })
    #expect(model.plan.fallbackNote?.contains("query Q5_0 instead of Q4_K (64 columns)") == true)
    #expect(model.notes.contains { $0.contains("do not fill whole blocks") })
  }

  @Test("decoding reads of the experts those that a token uses, and repeated layers share all of them")
  func expertBytes() throws {
    var shape = TransformerShape(
      architecture: "qwen3moe", layers: 12, hiddenSize: 256, intermediateSize: 0, heads: 4, kvHeads: 2, headSize: 64,
      vocabularySize: 320, contextTokens: 128, tiedOutput: false)
    shape.experts = ExpertShape(count: 16, used: 4, intermediateSize: 256)
    let plan = try WeightPlan(shape: shape, recipe: .q4_k_m)
    let experts = plan.matrices.filter(\.role.isExperts).reduce(0) { $0 + $1.byteCount }
    let table = try #require(plan.matrices.first { $0.role == .embedding })
    #expect(
      plan.bytesReadPerToken == plan.weightBytes - experts * 3 / 4 - table.byteCount + table.byteCount / table.rows)
    #expect(plan.matrices.filter { $0.role == .router }.allSatisfy { $0.format == .f32 })
    let model = try Model.synthetic(
      name: "mixture", shape: shape, recipe: .q4_k_m, workingSetBytes: plan.weightBytes / 4,
      memoryLimitBytes: plan.weightBytes / 2)
    #expect(model.residentWeightBytes <= plan.weightBytes / 2)
    #expect(try run(model, tokens: Array(0..<40)).allSatisfy { $0.isFinite })
  }
}
