import Knowledge
import Testing

@Suite struct CatalogueTests {
  @Test("every model of the catalogue reads")
  func models() throws {
    #expect(CatalogueModel.catalogue.error == nil)
    #expect(CatalogueModel.catalogue.records.count == 44)
    let model = try #require(CatalogueModel.catalogue.record("llama-3.2-1b"))
    #expect(model.parameterCount == 1_236_000_000)
    #expect(model.keyValueBytesPerTokenF16 == 32_768)
  }

  @Test("every platform of the catalogue reads")
  func platforms() throws {
    #expect(PlatformRecord.catalogue.error == nil)
    #expect(PlatformRecord.catalogue.records.count == 68)
    let platform = try #require(PlatformRecord.catalogue.record("rpi5"))
    #expect(platform.memoryBandwidthGigabytesPerSecond == 17.1)
  }

  @Test(
    "a model is found by id, repository and spelling variants",
    arguments: [
      "qwen3-4b", "Qwen/Qwen3-4B", "Qwen3-4B", "qwen3:4b", "QWEN3 4B",
    ])
  func names(_ name: String) {
    #expect(CatalogueModel.catalogue.record(name)?.id == "qwen3-4b")
  }

  @Test("a misspelled name gets the nearest ones")
  func suggestions() {
    #expect(CatalogueModel.catalogue.record("lama-3.2-1b") == nil)
    #expect(CatalogueModel.catalogue.suggestions(for: "lama-3.2-1b").first == "llama-3.2-1b")
    #expect(CatalogueModel.catalogue.suggestions(for: "gemma").count == 3)
    #expect(CatalogueModel.catalogue.suggestions(for: "zzzzzzzzzzzzzzzz").isEmpty)
    #expect(CatalogueModel.catalogue.suggestions(for: "").isEmpty)
  }

  @Test("cache bytes per token follow from the shape of a model with full attention only")
  func cacheBytes() {
    for model in CatalogueModel.catalogue.records where model.slidingLayerCount == 0 && model.globalHeadSize == nil {
      let bytes = model.fullAttentionLayerCount * 2 * model.keyValueHeadCount * model.headSize * 2
      #expect(model.keyValueBytesPerTokenF16 == bytes, "\(model.id)")
    }
  }

  @Test("a name that no file has is an error that says so")
  func noSuchFile() {
    #expect(throws: FactError(file: "none", problem: "the binary carries no such fact file")) {
      try FactFile("none").bytes()
    }
  }
}
