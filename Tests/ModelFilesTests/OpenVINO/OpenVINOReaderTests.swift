import ModelFiles
import TestSupport
import Testing

/// The fixtures were written by OpenVINO and NNCF: an embedding of 16 by 64 and a matrix of 32 by 64.
@Suite("An OpenVINO model")
struct OpenVINOReaderTests {
  static func describe(_ name: String) throws -> ModelDescription {
    try ModelFile.describe(path: "\(Repository.root)/Tests/ModelFilesTests/Fixtures/\(name)")
  }

  @Test("has its weights, its operators and the program that wrote it")
  func plain() throws {
    let model = try Self.describe("plain.xml")
    #expect(model.fileFormat == .openvino)
    #expect(model.parameterCount == 16 * 64 + 32 * 64)
    #expect(model.formats.map(\.format) == ["F16", "I64"])
    #expect(model.formats.first?.bytes == 2 * 3072)
    #expect(model.fileBytes == 3911 + 6152)
    #expect(model.quantization == nil)
    let graph = try #require(model.graph)
    #expect(graph.formatVersion == 11)
    #expect(graph.producer?.hasPrefix("OpenVINO 2026.4.1") == true)
    let counts = Dictionary(graph.operators.map { ($0.name, $0.count) }, uniquingKeysWith: +)
    #expect(counts["MatMul"] == 1)
    #expect(counts["Const"] == 3)
    #expect(graph.inputs == ["input_ids I64 [?]"])
  }

  @Test("tells 4-bit weights from their scales and zero points")
  func asymmetric() throws {
    let model = try Self.describe("int4.xml")
    #expect(model.parameterCount == 3072)
    let format = try #require(model.formats.first { $0.format == "OpenVINO int4 g32" })
    // Half a byte a weight, and for each of 96 groups a scale of 2 bytes and half a byte of zero point.
    #expect(format.parameters == 3072)
    #expect(format.bytes == 1536 + 96 * 2 + 48)
    #expect(model.matrixWidths.map(\.columns) == [64])
    let scheme = try #require(model.quantization)
    #expect(scheme.method == "nncf")
    #expect(scheme.weightType == "int4")
    #expect(scheme.groupSize == 32)
    #expect(scheme.isSymmetric == false)
    #expect(model.fileType == "INT4_ASYM")
  }

  @Test("tells 8-bit weights with a scale for each row")
  func symmetric() throws {
    let model = try Self.describe("int8.xml")
    #expect(model.parameterCount == 3072)
    #expect(model.formats.first?.format == "OpenVINO int8")
    #expect(model.quantization?.bits == 8)
    #expect(model.quantization?.groupSize == nil)
    #expect(model.quantization?.isSymmetric == true)
  }

  @Test("says what its KV cache needs by its variables")
  func stateful() throws {
    let model = try Self.describe("stateful.xml")
    #expect(model.graph?.stateCount == 2)
    #expect(model.cacheLayers == [CacheLayers(growth: .full, layerCount: 1, keyValues: 32, valueValues: 32)])
  }

  @Test("lists its constants with their places")
  func tensors() throws {
    let contents = try ModelFile.open(path: "\(Repository.root)/Tests/ModelFilesTests/Fixtures/int4.xml")
    let first = try #require(contents.tensors().first)
    #expect(first.format == "U4")
    #expect(first.shape == [32, 2, 16])
    #expect(first.byteCount == 512)
    #expect(first.byteOffset == 0)
  }
}
