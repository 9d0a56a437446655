import Knowledge
import TensorFormats
import Testing

@Suite struct QuantizationFactTests {
  static let records = QuantizationRecord.catalogue.records

  @Test(
    "a GGUF format's bits per weight are those of its blocks", arguments: records.filter { $0.framework == .llamaCpp })
  func blocks(_ record: QuantizationRecord) throws {
    let mixed = ["IQ3_M": "IQ3_S", "IQ2_M": "IQ2_S"]
    let format = try #require(mixed[record.name].flatMap { TensorFormat(name: $0) } ?? record.tensorFormat)
    #expect(record.bitsPerWeight == format.bitsPerValue)
    #expect(format.valuesPerBlock == 1 || record.rowMultiple == format.valuesPerBlock)
  }

  @Test(
    "the size of Llama-3.1-8B agrees with the published file within one part in a hundred",
    arguments: [
      ("Q8_0", 7.95), ("Q6_K", 6.14), ("Q5_K_M", 5.33), ("Q4_K_M", 4.58), ("Q4_K_S", 4.36), ("IQ4_XS", 4.17),
      ("Q3_K_S", 3.41), ("IQ3_M", 3.52), ("Q2_K", 2.95), ("IQ2_XXS", 2.23), ("Q4_0", 4.34), ("F16", 14.96),
    ])
  func publishedSizes(_ name: String, _ gibibytes: Double) throws {
    let record = try #require(QuantizationRecord.catalogue.record("llama.cpp/\(name)"))
    let model = try #require(CatalogueModel.catalogue.record("llama-3.1-8b"))
    let shape = try #require(QuantizationRecord.Shape(Situation.Model(model)))
    let computed = Double(record.weightBytes(shape)) / 1_073_741_824
    #expect(abs(computed / gibibytes - 1) < 0.01, "\(computed)")
  }

  @Test(
    "rows that do not divide by 256 make a file larger than the nominal bits",
    arguments: ["qwen2.5-0.5b", "gemma-3-1b"])
  func fallback(_ id: String) throws {
    let record = try #require(QuantizationRecord.catalogue.record("llama.cpp/Q4_K_M"))
    let model = try #require(CatalogueModel.catalogue.record(id))
    let shape = try #require(QuantizationRecord.Shape(Situation.Model(model)))
    #expect(record.fallbackFraction(shape) >= 0.75)
    #expect(Double(record.weightBytes(shape)) * 8 / Double(model.parameterCount) > 5.3)
  }

  @Test("decoding reads all but the table of embeddings")
  func readPerToken() throws {
    let record = try #require(QuantizationRecord.catalogue.record("llama.cpp/Q8_0"))
    let untied = try #require(CatalogueModel.catalogue.record("llama-3.1-8b"))
    let shape = try #require(QuantizationRecord.Shape(Situation.Model(untied)))
    let table = 128_256.0 * 4096 * 8.5 / 8
    #expect(abs(Double(record.weightBytes(shape) - record.bytesReadPerToken(shape)) - table) < 2)
  }

  @Test("formats that need an importance matrix are those of llama-quantize")
  func importanceMatrix() {
    let required = Self.records.filter { $0.importanceMatrix == .required }.map(\.name)
    #expect(required == ["IQ1_S", "IQ2_M", "IQ2_XXS", "IQ3_XXS"])
  }

  @Test("more bits never lose more, as published for Llama-3-8B")
  func monotone() {
    let points = Self.records.filter { $0.framework == .llamaCpp }.compactMap { record in
      record.quality?.first.map { (bits: record.fileBitsPerWeight ?? record.bitsPerWeight, kl: $0.klDivergence) }
    }.sorted { $0.bits < $1.bits }
    #expect(points.count > 10)
    #expect((points.first?.kl ?? 0) > 1 && (points.last?.kl ?? 1) < 0.01)
  }

  @Test("the flags of every command were checked", arguments: records)
  func flags(_ record: QuantizationRecord) throws {
    let framework = try #require(FrameworkRecord.catalogue.record(record.framework.rawValue))
    for command in record.commands { #expect(framework.unknownFlags(in: command).isEmpty, "\(command)") }
  }

  @Test("a format belongs to its framework's id", arguments: records)
  func identity(_ record: QuantizationRecord) {
    #expect(record.id == record.framework.rawValue + "/" + record.name)
    #expect((1...16).contains(record.weightBits))
    #expect(record.bitsPerWeight >= 1 && record.bitsPerWeight <= 16)
  }
}
