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
      (WeightRecipe.f16, 14.96), (.q8_0, 7.95), (.q6_k, 6.14), (.q5_k_m, 5.33), (.q5_k_s, 5.21), (.q4_k_m, 4.58),
      (.q4_k_s, 4.36), (.q3_k_m, 3.74), (.q2_k, 2.95), (.iq4_nl, 4.38), (.iq4_xs, 4.17),
    ])
  func llamaSizes(_ recipe: WeightRecipe, _ gibibytes: Double) throws {
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

  @Test("the output of Q4 files is Q6_K, and so is a tied embedding")
  func outputFormat() throws {
    var shape = Self.llama8B
    #expect(WeightRecipe.q4_0.format(.output, layer: 0, shape: shape) == .q6_k)
    #expect(WeightRecipe.q4_0.format(.embedding, layer: 0, shape: shape) == .q4_0)
    shape.tiedOutput = true
    #expect(WeightRecipe.q4_k_m.format(.embedding, layer: 0, shape: shape) == .q6_k)
  }

  @Test("Q4_K_M keeps half of the value and down matrices in Q6_K")
  func mixture() {
    let kept = (0..<32).filter { WeightRecipe.q4_k_m.format(.down, layer: $0, shape: Self.llama8B) == .q6_k }
    #expect(kept == [0, 1, 2, 3, 6, 9, 12, 15, 18, 21, 24, 27, 28, 29, 30, 31])
    #expect(WeightRecipe.q4_k_m.format(.gate, layer: 0, shape: Self.llama8B) == .q4_k)
  }

  @Test("a model of 70 billion gets more bits for the value matrices that many heads share")
  func large() {
    var shape = Self.llama8B
    shape.layers = 80
    #expect(WeightRecipe.q4_k_m.format(.value, layer: 20, shape: shape) == .q5_k)
    #expect(WeightRecipe.q4_k_m.format(.value, layer: 12, shape: shape) == .q6_k)
    #expect(WeightRecipe.q3_k_m.format(.value, layer: 40, shape: shape) == .q5_k)
    #expect(WeightRecipe.q4_k_m.format(.key, layer: 20, shape: shape) == .q4_k)
  }

  @Test("MXFP4 is for the layers, Q8_0 for what stands before and after them")
  func microscaling() {
    #expect(WeightRecipe.mxfp4.format(.up, layer: 0, shape: Self.llama8B) == .mxfp4)
    #expect(WeightRecipe.mxfp4.format(.output, layer: 0, shape: Self.llama8B) == .q8_0)
    #expect(WeightRecipe.mxfp4.format(.embedding, layer: 0, shape: Self.llama8B) == .q8_0)
  }

  @Test("rows that do not fill blocks of 256 take a format of 32, and those that do not fill these F16")
  func smallerBlocks() {
    var shape = Self.llama8B
    shape.hiddenSize = 896
    let wanted: [(WeightRecipe, TensorFormat)] = [
      (.q2_k, .q4_0), (.q3_k_m, .q4_0), (.q4_k_m, .q5_0), (.q5_k_m, .q5_1), (.q6_k, .q8_0), (.iq4_xs, .iq4_nl),
    ]
    for (recipe, format) in wanted { #expect(recipe.format(.gate, layer: 9, shape: shape) == format) }
    shape.hiddenSize = 100
    #expect(WeightRecipe.q4_0.format(.gate, layer: 9, shape: shape) == .f16)
  }

  @Test("recipes are found by name in any case")
  func names() {
    #expect(WeightRecipe(name: "q4_k_m") == .q4_k_m)
    #expect(WeightRecipe(name: "F16") == .f16)
    #expect(WeightRecipe(name: "Q5_K") == nil)
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
