import Evidence
import ModelFiles
import Testing

@testable import Advisor

@Suite("The memory of engines whose graphs are not followed")
struct OtherEngineMemoryTests {
  private let advisor = Advisor()

  private func cache(_ model: String, _ engine: MemoryEngine, context: Int) throws -> Quantity {
    let forecast = try advisor.memoryModel(model).forecast(MemorySettings(contextTokens: context), engine: engine)
    return try #require(forecast.quantity(.kvCache))
  }

  /// Llama 3.2 1B: 16 layers with 8 heads of 64 keys and 64 values; 1000 tokens.
  static let plainCaches: [(MemoryEngine, Int)] = [
    (.mlx, 16 * 1024 * 1024 * 2), (.vllm, 16 * 1008 * 1024 * 2), (.onnxRuntime, 16 * 1000 * 1024 * 4),
    // In u8, with 8 bytes for each of 16 heads.
    (.openVINO, 16 * 1024 * (1024 + 16 * 8)),
  ]

  @Test("each engine's cache of a plain model follows its own rule", arguments: plainCaches)
  func plain(engine: MemoryEngine, bytes: Int) throws {
    let cache = try cache("llama-3.2-1b", engine, context: 1000)
    #expect(cache.value == Double(bytes) && cache.evidence == .published && !cache.source.isEmpty)
    #expect((cache.high != nil) == (engine == .openVINO))
  }

  @Test("layers with a window keep it and a piece of the prompt where the engine cuts them, and all elsewhere")
  func windows() throws {
    // Gemma 3 4B: 5 full layers and 29 with a window of 1024, of 4 heads of 256 keys and as many values.
    let layer = 4096.0
    let mlx = try cache("gemma-3-4b", .mlx, context: 32768)
    #expect(mlx.value == layer * Double(5 * 32768 + 29 * 3072))
    #expect(mlx.low == layer * Double(5 * 32768 + 29 * 1024))
    let vllm = try cache("gemma-3-4b", .vllm, context: 32768)
    #expect(vllm.value == layer * Double(5 * 32768 + 29 * 3088))
    #expect(vllm.high == layer * Double(5 * 32768 + 29 * 9232))
    #expect(try cache("gemma-3-4b", .onnxRuntime, context: 32768).value == layer * Double(2 * 34 * 32768))
    // A context shorter than the window is kept whole.
    #expect(try cache("gemma-3-4b", .vllm, context: 512).value == layer * Double(34 * 512))
  }

  @Test(
    "says what the engine takes otherwise, and grades what nobody published as assumed",
    arguments: [
      (MemoryEngine.vllm, "gpu_memory_utilization"), (.mlx, "256"), (.openVINO, "cache_size"),
      (.onnxRuntime, "max_length"),
    ])
  func assumptions(engine: MemoryEngine, word: String) throws {
    var request = MemoryRequest(model: "llama-3.2-1b")
    request.engine = engine
    let answer = try advisor.memory(request)
    #expect(answer.assumptions.contains { ($0.what + $0.effect).contains(word) })
    #expect(answer.forecast.quantity(.overhead)?.evidence == .assumed)
    #expect(answer.forecast.terms.allSatisfy { !$0.bytes.source.isEmpty })
  }
}
