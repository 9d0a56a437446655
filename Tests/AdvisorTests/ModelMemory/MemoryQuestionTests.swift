import Advisor
import Blueprints
import Evidence
import Knowledge
import Testing

@Suite("The memory question")
struct MemoryQuestionTests {
  @Test("names a largest context that fits while the next step does not", arguments: MemoryEngine.allCases)
  func largestContext(_ engine: MemoryEngine) throws {
    let model = try Advisor().memoryModel("qwen3-4b")
    var settings = MemorySettings(contextTokens: 1)
    let budget = 4e9
    let context = try #require(model.largestContext(budgetBytes: budget, settings: settings, engine: engine))
    settings.contextTokens = context
    #expect(model.forecast(settings, engine: engine).totalBytes.value <= budget)
    settings.contextTokens = context + 256
    #expect(context == 40_960 || model.forecast(settings, engine: engine).totalBytes.value > budget)
    #expect(model.largestContext(budgetBytes: 1e9, settings: settings, engine: engine) == nil)
  }

  @Test(
    "answers for every model of the catalogue in every engine", arguments: CatalogueModel.catalogue.records.map(\.id))
  func everyModel(_ name: String) throws {
    for engine in MemoryEngine.allCases {
      var request = MemoryRequest(model: name)
      request.engine = engine
      request.budgetBytes = 1 << 40
      let answer = try Advisor().memory(request)
      #expect(answer.forecast.bytes(.weights) > 0)
      #expect(answer.fit?.fits == true)
      if engine == .llamaCpp { #expect(answer.forecast.unknown.isEmpty) }
      #expect(answer.forecast.terms.allSatisfy { !$0.formula.isEmpty && !$0.bytes.source.isEmpty })
    }
  }

  @Test(
    "has, for each catalogue model, tensors with about the published parameters",
    arguments: CatalogueModel.catalogue.records)
  func parameters(_ model: CatalogueModel) throws {
    let count = Double(try Advisor().blueprint(model).parameterCount)
    // Published counts of models that see or hear include those parts.
    let seesOrHears = model.modalities.count > 1 || model.id.hasPrefix("gemma-3n") || model.id.hasPrefix("gemma-4")
    let least = seesOrHears || model.id.hasPrefix("qwen3.5") ? 0.8 : 0.99
    #expect((least...1.012).contains(count / Double(model.parameterCount)), "\(count)")
  }

  @Test("picks the format with the most bits that fits")
  func bestFormat() throws {
    var request = MemoryRequest(model: "llama-3.1-8b")
    request.budgetBytes = 8 << 30
    #expect(try Advisor().memory(request).fit?.bestFormat == "Q6_K")
    request.budgetBytes = 1 << 30
    let fit = try Advisor().memory(request).fit
    #expect(fit?.fits == false && fit?.bestFormat == nil && fit?.largestContextTokens == nil)
  }

  @Test("refuses a format that does not exist, and a name that is near one")
  func refusals() {
    #expect(throws: Refusal.self) { try Advisor().memoryModel("llama-3.1-8b", format: "Q9_Z") }
    #expect(throws: Refusal.self) { try Advisor().memoryModel("lama-3.1-8b") }
    #expect(throws: Refusal.self) { try Advisor().memoryModel("qwen3-4b", format: "mlx/9bit") }
  }

  @Test("takes settings beyond any model without a trap", arguments: [1, 255, 1 << 30])
  func extremes(_ count: Int) throws {
    let model = try Advisor().memoryModel("gemma-3-1b")
    var settings = MemorySettings(contextTokens: count)
    settings.microBatchTokens = min(count, 1 << 16)
    settings.batchTokens = min(count, 1 << 20)
    settings.sequences = 256
    for format in KVCacheFormat.allCases {
      settings.keyFormat = format
      settings.valueFormat = format
      #expect(model.forecast(settings).totalBytes.value > 0)
    }
  }
}
