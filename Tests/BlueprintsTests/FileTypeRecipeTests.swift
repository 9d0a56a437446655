import Blueprints
import ModelFiles
import TensorFormats
import Testing

@Suite struct FileTypeRecipeTests {
  /// Llama 3.1 8B, whose file sizes llama.cpp publishes.
  static let llama: ModelShape = {
    var shape = ModelShape(
      architecture: "llama", name: "llama", layers: 32, hiddenSize: 4096, feedForwardSize: 14336, heads: 32, kvHeads: 8,
      headSize: 128, vocabularySize: 128_256, contextTokens: 131_072, tiesEmbeddings: false)
    shape.ropeFactors = .frequencies
    return shape
  }()

  /// Gibibytes from llama.cpp's tools/quantize/README.md; the types that need an importance matrix differ by its choices.
  @Test(
    "gives Llama 3.1 8B the sizes that llama.cpp publishes",
    arguments: [
      ("F16", 14.96), ("Q8_0", 7.95), ("Q6_K", 6.14), ("Q5_K_M", 5.33), ("Q4_K_M", 4.58), ("Q4_K_S", 4.36),
      ("Q3_K_L", 4.02), ("Q3_K_S", 3.41), ("Q2_K", 2.95), ("IQ3_M", 3.52), ("IQ2_M", 2.74), ("IQ1_S", 1.87),
    ])
  func publishedSizes(_ name: String, _ gibibytes: Double) throws {
    let recipe = try #require(FileTypeRecipe(name: name))
    let bytes = try Blueprint(Self.llama).layout(recipe).weightBytes
    #expect(abs(Double(bytes) / Double(1 << 30) - gibibytes) < 0.012)
  }

  @Test("understands a name with its framework, and in small letters")
  func names() {
    #expect(FileTypeRecipe(name: "llama.cpp/q4_k_m") == .q4_k_m)
    #expect(FileTypeRecipe(name: "MXFP4_MOE") == .mxfp4)
    #expect(FileTypeRecipe(name: "Q9_Z") == nil)
  }

  @Test("stores rows that do not fill 256 in blocks of 32, and norms in F32")
  func fallbacks() throws {
    var shape = Self.llama
    shape.hiddenSize = 896
    shape.heads = 14
    shape.kvHeads = 2
    shape.keyLength = 64
    shape.valueLength = 64
    let blueprint = try Blueprint(shape)
    let formats = zip(blueprint.tensors, FileTypeRecipe.q4_k_m.formats(of: blueprint.quantized))
    let byName = Dictionary(uniqueKeysWithValues: formats.map { ($0.name, $1) })
    #expect(byName["blk.1.attn_q.weight"] == .q5_0)
    #expect(byName["blk.0.attn_v.weight"] == .q8_0)
    #expect(byName["output.weight"] == .q8_0)
    #expect(byName["blk.0.attn_norm.weight"] == .f32)
    #expect(byName["blk.4.ffn_down.weight"] == .q4_k)
  }
}
