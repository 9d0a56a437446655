import Advisor
import Evidence
import ModelFiles
import Testing

@Suite("llama.cpp's memory")
struct LlamaCppMemoryTests {
  @Test("is what llama.cpp logged, to the byte", arguments: LoggedMemory.models)
  func logged(_ model: LoggedMemory.Model) throws {
    let memory = try model.memoryModel()
    if let bytes = model.weightBytes { #expect(memory.weights?.bytes.value == bytes) }
    for row in model.rows {
      let forecast = memory.forecast(row.settings)
      let context = forecast.bytes(.kvCache) + forecast.bytes(.recurrentState)
      #expect(context == row.contextBytes, "\(model.name), \(row.text): cache")
      let output = forecast.bytes(.outputBuffer) / Double(1 << 20)
      #expect(abs(output - row.outputMebibytes) < 0.006, "\(model.name), \(row.text): output")
      let compute = try #require(forecast.terms.first { $0.purpose == .computeBuffer })
      if compute.bytes.evidence == .computed {
        let error = abs(compute.bytes.value / row.computeBytes - 1)
        #expect(error <= 0.005, "\(model.name), \(row.text): compute \(compute.bytes.value) for \(row.computeBytes)")
      } else {
        // Gemma 3n's four streams are not followed, and its numbers say so.
        #expect(model.name.hasPrefix("gemma-3n") && compute.bytes.evidence == .assumed)
      }
    }
  }

  @Test("table has models with every kind of attention, and all settings of each")
  func table() {
    #expect(LoggedMemory.models.count >= 25)
    #expect(LoggedMemory.models.reduce(0) { $0 + $1.rows.count } >= 450)
  }

  /// The KV cache of a model at a context.
  struct CacheCase: Sendable {
    var name: String
    var context: Int
    var format: KVCacheFormat
    var bytes: Int

    init(_ name: String, _ context: Int, _ format: KVCacheFormat, _ bytes: Int) {
      (self.name, self.context, self.format, self.bytes) = (name, context, format, bytes)
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

  @Test("has the KV cache of published answers and logs", arguments: cacheCases)
  func published(_ cacheCase: CacheCase) throws {
    var settings = MemorySettings(contextTokens: cacheCase.context)
    settings.keyFormat = cacheCase.format
    settings.valueFormat = cacheCase.format
    let forecast = try Advisor().memoryModel(cacheCase.name).forecast(settings)
    #expect(forecast.bytes(.kvCache) == Double(cacheCase.bytes))
    #expect(forecast.quantity(.kvCache)?.evidence == .computed)
  }

  @Test("has the compute buffer that was published for Llama 3 8B, 258.50 MiB, and the second input of newer versions")
  func publishedBuffer() throws {
    let forecast = try Advisor().memoryModel("llama-3.1-8b").forecast(MemorySettings(contextTokens: 512))
    let secondInput = 4.0 * 512 * 4096
    #expect(abs((forecast.bytes(.computeBuffer) - secondInput) / 1_048_576 - 258.5) < 0.01)
  }

  @Test("gives a gpt-oss without flash attention the 16 GiB of scores that made it fail")
  func failedAllocation() throws {
    var settings = MemorySettings(contextTokens: 131_072)
    settings.usesFlashAttention = false
    let forecast = try Advisor().memoryModel("gpt-oss-20b", format: "MXFP4").forecast(settings)
    // A stored failure asked for 17,752,270,848 bytes on a GPU, inputs apart.
    #expect(abs(forecast.bytes(.computeBuffer) / 17_752_270_848 - 1) < 0.05)
  }

  @Test("keeps one compressed vector a token for latent attention: 70,272 bytes for DeepSeek-V3")
  func latent() {
    var model = plain
    model.cacheLayers = [CacheLayers(growth: .full, layerCount: 61, keyValues: 576, valueValues: 0)]
    let memory = MemoryModel(description: model, weights: nil)
    #expect(memory.kvBytesPerToken(MemorySettings(contextTokens: 4096))?.value == 70272)
  }

  @Test("names what it does not know of a model, and leaves it out of the total")
  func unknown() {
    let forecast = MemoryModel(description: plain, weights: nil).forecast(MemorySettings(contextTokens: 4096))
    #expect(forecast.unknown == [.weights, .kvCache, .computeBuffer, .outputBuffer])
    #expect(forecast.totalBytes.value == 0)
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
    var settings = MemorySettings(contextTokens: 1 << 30)
    settings.keyFormat = .f32
    #expect(MemoryModel(description: model, weights: nil).forecast(settings).totalBytes.value.isFinite)
  }

  private var plain: ModelDescription {
    ModelDescription(
      name: "plain", origin: .file, source: "test", architecture: "test", parameterCount: nil, parameterSource: "none",
      hyperparameters: Hyperparameters())
  }
}
