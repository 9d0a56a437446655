import Inference
import ModelFiles
import TensorFormats
import Testing

@Suite("Weight plans")
struct WeightPlanTests {
  static let llama8B: TransformerShape = {
    var shape = TransformerShape(
      architecture: "llama", layers: 32, hiddenSize: 4096, intermediateSize: 14336, heads: 32, kvHeads: 8,
      headSize: 128, vocabularySize: 128256, contextTokens: 131072, tiedOutput: false)
    shape.ropeBase = 500_000
    return shape
  }()

  @Test(
    "Llama 3.1 8B takes the gibibytes that llama.cpp's table of quantizations lists",
    arguments: [
      (FileTypeRecipe.f16, 14.96), (.q8_0, 7.95), (.q6_k, 6.14), (.q5_k_m, 5.33), (.q5_k_s, 5.21), (.q4_k_m, 4.58),
      (.q4_k_s, 4.36), (.q3_k_m, 3.74), (.q2_k, 2.95), (.iq4_nl, 4.38), (.iq4_xs, 4.17),
    ])
  func llamaSizes(_ recipe: FileTypeRecipe, _ gibibytes: Double) throws {
    let plan = try WeightPlan(shape: Self.llama8B, recipe: recipe)
    // The table rounds to hundredths, and its files hold some 5 MiB of tokenizer.
    #expect(abs(Double(plan.weightBytes) / 0x1p30 - gibibytes) < 0.012)
    #expect(plan.fallbackNote == nil)
  }

  @Test("exact bytes of a small F16 model, and what decoding a token reads")
  func exactBytes() throws {
    var shape = TransformerShape(
      architecture: "llama", layers: 2, hiddenSize: 64, intermediateSize: 96, heads: 4, kvHeads: 2, headSize: 16,
      vocabularySize: 100, contextTokens: 128, tiedOutput: false)
    let layer = 64 * 64 * 2 + 64 * 32 * 2 + 3 * 64 * 96
    let vectors = (2 * 2 * 64 + 64) * 4
    let separate = try WeightPlan(shape: shape, recipe: .f16)
    #expect(separate.weightBytes == (2 * layer + 2 * 6400) * 2 + vectors)
    #expect(separate.bytesReadPerToken == (2 * layer + 6400 + 64) * 2 + vectors)
    shape.tiedOutput = true
    let tied = try WeightPlan(shape: shape, recipe: .f16)
    #expect(tied.weightBytes == (2 * layer + 6400) * 2 + vectors)
    #expect(tied.bytesReadPerToken == tied.weightBytes + 64 * 2)
  }

  /// The format of a matrix in the plan of a file type.
  private func format(
    _ recipe: FileTypeRecipe, _ role: WeightRole, layer: Int = 0, _ shape: TransformerShape
  ) throws -> TensorFormat? {
    try WeightPlan(shape: shape, recipe: recipe).matrices.first { $0.role == role && $0.layer == layer }?.format
  }

  @Test("the output of Q4 files is Q6_K, and so is a tied embedding")
  func outputFormat() throws {
    var shape = Self.llama8B
    #expect(try format(.q4_0, .output, shape) == .q6_k)
    #expect(try format(.q4_0, .embedding, shape) == .q4_0)
    shape.tiedOutput = true
    #expect(try format(.q4_k_m, .embedding, shape) == .q6_k)
  }

  @Test("Q4_K_M keeps half of the value and down matrices in Q6_K")
  func mixture() throws {
    let plan = try WeightPlan(shape: Self.llama8B, recipe: .q4_k_m)
    for role in [WeightRole.down, .value] {
      let kept = plan.matrices.filter { $0.role == role && $0.format == .q6_k }.map(\.layer)
      #expect(kept == [0, 1, 2, 3, 6, 9, 12, 15, 18, 21, 24, 27, 28, 29, 30, 31])
    }
    #expect(try format(.q4_k_m, .gate, Self.llama8B) == .q4_k)
  }

  @Test("a model of 70 billion gets more bits for the value matrices that many heads share")
  func large() throws {
    var shape = Self.llama8B
    shape.layers = 80
    #expect(try format(.q4_k_m, .value, layer: 20, shape) == .q5_k)
    #expect(try format(.q4_k_m, .value, layer: 12, shape) == .q6_k)
    #expect(try format(.q3_k_m, .value, layer: 40, shape) == .q5_k)
    #expect(try format(.q4_k_m, .key, layer: 20, shape) == .q4_k)
  }

  @Test("MXFP4 is for experts, Q8_0 for the rest, and the router stays in F32")
  func microscaling() throws {
    var shape = Self.llama8B
    #expect(try format(.mxfp4, .up, shape) == .q8_0)
    shape.experts = ExpertShape(count: 4, used: 2, intermediateSize: 512)
    #expect(try format(.mxfp4, .expertUp, shape) == .mxfp4)
    #expect(try format(.mxfp4, .router, shape) == .f32)
    for role in [WeightRole.output, .embedding, .query] { #expect(try format(.mxfp4, role, shape) == .q8_0) }
  }

  @Test("rows that do not fill blocks of 256 take a format of 32, and those that do not fill these F16")
  func smallerBlocks() throws {
    var shape = Self.llama8B
    shape.hiddenSize = 896
    let wanted: [(FileTypeRecipe, TensorFormat)] = [
      (.q2_k, .q4_0), (.q3_k_m, .q4_0), (.q4_k_m, .q5_0), (.q5_k_m, .q5_1), (.q6_k, .q8_0), (.iq4_xs, .iq4_nl),
    ]
    for (recipe, expected) in wanted { #expect(try format(recipe, .gate, layer: 9, shape) == expected) }
    shape.hiddenSize = 100
    #expect(try format(.q4_0, .gate, layer: 9, shape) == .f16)
    #expect(try WeightPlan(shape: shape, recipe: .q4_0).fallbackNote?.contains("gate F16 instead of Q4_0") == true)
  }

  @Test("file types whose matrices our kernels multiply are found by name in any case, and no others")
  func names() {
    #expect(FileTypeRecipe(runnable: "q4_k_m") == .q4_k_m)
    #expect(FileTypeRecipe(runnable: "F16") == .f16)
    #expect(FileTypeRecipe(runnable: "Q5_K") == nil)
    #expect(FileTypeRecipe(runnable: "IQ2_XXS") == nil && FileTypeRecipe(name: "IQ2_XXS") != nil)
  }

  @Test("a file's weights are accounted to the byte", arguments: ReferenceFixture.all)
  func fileBytes(_ fixture: ReferenceFixture) throws {
    let file = try GGUFFile.open(path: fixture.path)
    let model = try Model(file: file)
    #expect(model.plan.weightBytes == file.tensors.reduce(0) { $0 + $1.byteCount })
    #expect(model.residentWeightBytes == model.plan.weightBytes)
    #expect(model.plan.bytesByFormat.reduce(0) { $0 + $1.byteCount } + model.plan.vectorBytes == model.plan.weightBytes)
    #expect(model.notes.isEmpty)
  }
}
