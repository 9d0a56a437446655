import Advisor
import Evidence
import Knowledge
import ModelFiles
import Testing

@Suite("The memory of a model")
struct MemoryNeedTests {
  /// The KV cache of a model at a context.
  struct CacheCase: Sendable {
    var name: String
    var context: Int
    var format: KVCacheFormat
    var bytes: Int

    init(_ name: String, _ context: Int, _ format: KVCacheFormat, _ bytes: Int) {
      self.name = name
      self.context = context
      self.format = format
      self.bytes = bytes
    }
  }

  static let cacheCases = [
    // Llama-3-8B: 128 KiB a token; a logged 64.00 MiB at a context of 512.
    CacheCase("llama-3.1-8b", 512, .f16, 67_108_864), CacheCase("llama-3.1-8b", 8192, .f16, 1 << 30),
    CacheCase("llama-3.1-8b", 8192, .q8_0, (1 << 30) / 64 * 34),
    CacheCase("llama-3.1-8b", 8192, .q4_0, (1 << 30) / 64 * 18),
    // A context is rounded up to a multiple of 256 cells.
    CacheCase("llama-3.1-8b", 1, .f16, 256 * 131_072), CacheCase("llama-3.1-8b", 257, .f16, 512 * 131_072),
    // Gemma 3 4B: 5 full layers, 29 that keep the window of 1024 and a batch of 512; the log shows 1536 cells.
    CacheCase("gemma-3-4b", 32768, .f16, 32768 * 20480 + 29 * 1536 * 4096),
    // A context shorter than the window costs the windowed layers no more than the others.
    CacheCase("gemma-3-4b", 512, .f16, 512 * 34 * 4096),
  ]

  @Test("is the KV cache that llama.cpp logs", arguments: cacheCases)
  func kvCache(_ cacheCase: CacheCase) throws {
    let model = try model(cacheCase.name)
    let need = MemoryNeed(model, weights: nil, contextTokens: cacheCase.context, kvFormat: cacheCase.format)
    #expect(need.kvCacheBytes?.value == Double(cacheCase.bytes))
    #expect(need.kvCacheBytes?.evidence == .computed)
  }

  @Test("has a compute buffer of 258.50 MiB and input buffers of 9 MiB for Llama 3 8B, as llama.cpp logs")
  func computeBuffer() throws {
    let need = MemoryNeed(try model("llama-3.1-8b"), weights: nil, contextTokens: 512, kvFormat: .f16)
    #expect(need.computeBufferBytes?.value == 258.5 * 1024 * 1024)
    #expect(need.overheadBytes?.value == (9.0 + 4) * 1024 * 1024)
  }

  @Test("grows by the attention scores when flash attention is off: 16 GiB for gpt-oss-20b at its full context")
  func scores() throws {
    let need = MemoryNeed(try model("gpt-oss-20b"), weights: nil, contextTokens: 131_072, kvFormat: .f16)
    #expect(need.computeBufferBytes?.high == 16.0 * 1024 * 1024 * 1024)
  }

  @Test("keeps one compressed vector a token for latent attention: 70,272 bytes for DeepSeek-V3")
  func latent() {
    var model = plain
    model.cacheLayers = [CacheLayers(growth: .full, layerCount: 61, keyValues: 576, valueValues: 0)]
    let need = MemoryNeed(model, weights: nil, contextTokens: 4096, kvFormat: .f16)
    #expect(need.kvBytesPerToken?.value == 70272)
  }

  @Test("is 10.41 GiB of KV cache for Gemma 3 27B at its full context")
  func windows() throws {
    var model = plain
    model.cacheLayers = [
      CacheLayers(growth: .full, layerCount: 10, keyValues: 2048, valueValues: 2048),
      CacheLayers(growth: .window, layerCount: 52, windowTokens: 1024, keyValues: 2048, valueValues: 2048),
    ]
    let need = MemoryNeed(model, weights: nil, contextTokens: 131_072, kvFormat: .f16)
    let gibibytes = try #require(need.kvCacheBytes).value / (1024 * 1024 * 1024)
    #expect(abs(gibibytes - 10.6) < 0.02)
  }

  @Test("names what it does not know, and leaves it out of the total")
  func unknown() {
    let need = MemoryNeed(plain, weights: nil, contextTokens: 4096, kvFormat: .f16)
    #expect(need.unknown == ["weights", "kvCache", "computeBuffer", "overhead"])
    #expect(need.totalBytes.value == 0)
  }

  @Test("adds up")
  func total() throws {
    let weights = Quantity(1e9, evidence: .computed, source: "test")
    let need = MemoryNeed(try model("llama-3.2-1b"), weights: weights, contextTokens: 4096, kvFormat: .f16)
    let parts = [need.weightBytes, need.kvCacheBytes, need.computeBufferBytes, need.overheadBytes]
    #expect(need.totalBytes.value == parts.reduce(0) { $0 + ($1?.value ?? 0) })
    #expect(need.unknown == [])
    #expect((need.totalBytes.high ?? 0) >= need.totalBytes.value)
  }

  @Test("of an absurd shape is absurd, not a crash")
  func absurd() {
    var model = plain
    model.hyperparameters.embeddingLength = .max
    model.hyperparameters.vocabularySize = .max
    model.hyperparameters.headCount = [.max]
    model.cacheLayers = [
      CacheLayers(growth: .window, layerCount: 4096, windowTokens: .max, keyValues: 1 << 32, valueValues: 1 << 32)
    ]
    let need = MemoryNeed(model, weights: nil, contextTokens: 1 << 30, kvFormat: .f32)
    #expect(need.totalBytes.value.isFinite)
  }

  private var plain: ModelDescription {
    ModelDescription(
      name: "plain", origin: .file, source: "test", architecture: "test", parameterCount: nil, parameterSource: "none",
      hyperparameters: Hyperparameters())
  }

  private func model(_ name: String) throws -> ModelDescription {
    ModelDescription(try #require(CatalogueModel.catalogue.record(name)))
  }
}
