import ModelFiles
import TensorFormats
import TestSupport
import Testing

/// The expected numbers were read from the fixture with `GGUFReader` of the `gguf` package 0.19.0.
@Suite("A file written by the gguf package")
struct FixtureTests {
  /// A tensor as the package's own reader sees it; `byteSum` is the sum of its bytes.
  static let tensors: [(name: String, shape: [Int], format: TensorFormat, offset: Int, byteCount: Int, byteSum: Int)] =
    [
      ("test.f32", [256, 4], .f32, 2176, 4096, 976), ("test.f16", [256, 4], .f16, 6272, 2048, 55610),
      ("test.bf16", [256, 4], .bf16, 8320, 2048, 63324), ("test.q4_0", [256, 4], .q4_0, 10368, 576, 8016),
      ("test.q5_1", [256, 4], .q5_1, 10944, 768, 30692), ("test.q8_0", [256, 4], .q8_0, 11712, 1088, 3098),
      ("test.tq2_0", [256, 4], .tq2_0, 12800, 264, 22552),
      ("token_embd.weight", [64, 32], .f32, 13088, 8192, 47584), ("output.weight", [64, 32], .f16, 21280, 4096, 38711),
      ("rope_freqs.weight", [8], .f32, 25376, 32, 1528),
    ]

  @Test("has its tensors where the package's reader finds them")
  func places() throws {
    let file = try GGUFFile.open(path: Self.path("tiny-llama.gguf"))
    #expect(file.dataOffset == 2176)
    #expect(file.tensors.map(\.name) == Self.tensors.map(\.name))
    for (tensor, expected) in zip(file.tensors, Self.tensors) {
      #expect(tensor.shape == expected.shape)
      #expect(tensor.format == expected.format)
      #expect(tensor.byteOffset == expected.offset)
      #expect(tensor.byteCount == expected.byteCount)
      #expect(file.bytes(of: tensor).reduce(0) { $0 + Int($1) } % 65536 == expected.byteSum)
    }
  }

  @Test("has its metadata, in both byte orders", arguments: ["tiny-llama.gguf", "tiny-llama-big-endian.gguf"])
  func metadata(name: String) throws {
    let file = try GGUFFile.open(path: Self.path(name))
    let metadata = file.metadata
    #expect(metadata["llama.attention.head_count_kv"]?.array?.integers() == [2, 1])
    #expect(metadata["test.floats"]?.array?.doubles() == [0.5, -1.25, 3])
    #expect(metadata["test.flags"]?.array?.integers() == [1, 0, 1])
    #expect(metadata["test.nested"]?.array?.arrays()?.map { $0.integers() } == [[1, 2, 3], [4]])
    #expect(metadata["tokenizer.ggml.tokens"]?.array?.strings()?[26...28] == ["ab", "é", "日本"])
    #expect(metadata["llama.rope.freq_base"]?.double == 500_000)
  }

  @Test("is described exactly")
  func description() throws {
    let model = ModelDescription(try GGUFFile.open(path: Self.path("tiny-llama.gguf")))
    #expect(model.name == "Tiny Llama")
    #expect(model.architecture == "llama")
    #expect(model.parameterCount == 11272)
    #expect(model.weightBytes == 23208)
    #expect(model.fileType == "Q8_0")
    #expect(model.attention == .groupedQuery)
    #expect(model.hyperparameters.headCountKV == [2, 1])
    #expect(model.hyperparameters.tiedOutput == false)
    #expect(model.hyperparameters.vocabularySize == 32)
    #expect(model.hyperparameters.ropeScaling?.type == "yarn")
    #expect(model.hyperparameters.ropeScaling?.originalContextTokens == 64)
    #expect(
      model.cacheLayers == [
        CacheLayers(growth: .full, layerCount: 1, keyValues: 32, valueValues: 32),
        CacheLayers(growth: .full, layerCount: 1, keyValues: 16, valueValues: 16),
      ])
    let tokenizer = try #require(model.tokenizer)
    #expect(tokenizer.kind == .byteLevelBPE)
    #expect(tokenizer.preTokenizer == "llama-bpe")
    #expect(tokenizer.vocabularySize == 32)
    #expect(tokenizer.mergeCount == 2)
    #expect(tokenizer.hasChatTemplate)
    #expect(model.formats.map(\.format) == ["F32", "F16", "BF16", "Q8_0", "Q5_1", "Q4_0", "TQ2_0"])
    #expect(model.formats.map(\.bytes).reduce(0, +) == 23208)
  }

  private static func path(_ name: String) -> String { "\(Repository.root)/Tests/ModelFilesTests/Fixtures/\(name)" }
}
