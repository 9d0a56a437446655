import ModelFiles
import TestSupport
import Testing

/// The fixtures were written by onnx and onnxruntime: two matrices of 64 by 32, an embedding of 16 by 64, 64 biases.
@Suite("An ONNX model")
struct ONNXReaderTests {
  static let fixtures = "\(Repository.root)/Tests/ModelFilesTests/Fixtures"

  /// A fixture, and how its weights must be described.
  struct Quantized: Sendable, CustomStringConvertible {
    let file: String
    let method: String
    let bits: Int
    var groupSize: Int?
    var activationBits: Int?
    let formats: [String]
    var description: String { file }
  }

  static let quantized = [
    Quantized(
      file: "nbits.onnx", method: "MatMulNBits", bits: 4, groupSize: 32,
      formats: ["MatMulNBits int4 g32", "GatherBlockQuantized int4 g32", "F32"]),
    Quantized(
      file: "qdq.onnx", method: "QDQ", bits: 8, activationBits: 8, formats: ["QDQ int8", "F32", "I8"]),
    Quantized(
      file: "dynamic.onnx", method: "dynamic", bits: 8, activationBits: 8, formats: ["dynamic int8", "U8", "F32"]),
  ]

  @Test("has all its weights, packed or not", arguments: quantized)
  func weights(fixture: Quantized) throws {
    let model = try ModelFile.describe(path: "\(Self.fixtures)/\(fixture.file)")
    #expect(model.fileFormat == .onnx)
    #expect(model.parameterCount == 16 * 64 + 2 * 64 * 32 + 64)
    #expect(Set(model.formats.map(\.format)) == Set(fixture.formats))
    let scheme = try #require(model.quantization)
    #expect(scheme.method == fixture.method)
    #expect(scheme.bits == fixture.bits)
    #expect(scheme.groupSize == fixture.groupSize)
    #expect(scheme.activationBits == fixture.activationBits)
    #expect(model.weightBytes.map { $0 <= model.fileBytes ?? 0 } == true)
  }

  @Test("counts scales and zero points to their weights")
  func scales() throws {
    let model = try ModelFile.describe(path: "\(Self.fixtures)/nbits.onnx")
    let packed = try #require(model.formats.first { $0.format == "MatMulNBits int4 g32" })
    // Two matrices of 2048 weights: half a byte each; 64 groups of each with a scale of 4 bytes and half a byte or, in
    // rows of one group, a whole one of zero point.
    #expect(packed.parameters == 4096)
    #expect(packed.bytes == 2 * (1024 + 64 * 4) + 32 + 64)
    #expect(model.matrixWidths.map(\.columns).sorted() == [32, 64])
  }

  @Test("has the operators of all its graphs")
  func operators() throws {
    let model = try ModelFile.describe(path: "\(Self.fixtures)/branches.onnx")
    let graph = try #require(model.graph)
    let counts = Dictionary(graph.operators.map { ($0.name, $0.count) }, uniquingKeysWith: +)
    #expect(counts == ["If": 2, "Identity": 3, "Constant": 1, "Neg": 1])
    #expect(graph.nodeCount == 7)
    #expect(graph.subgraphCount == 4)
    #expect(graph.operatorSets == [.init(domain: "ai.onnx", version: 21)])
    #expect(graph.formatVersion == 10)
    #expect(graph.inputs.first == "input_ids I64 [?, ?]")
    #expect(model.parameterCount == 32)
  }

  @Test("says what its KV cache needs by its inputs")
  func cache() throws {
    let model = try ModelFile.describe(path: "\(Self.fixtures)/branches.onnx")
    #expect(model.cacheLayers == [CacheLayers(growth: .full, layerCount: 3, keyValues: 32, valueValues: 32)])
    #expect(model.kind == .language)
    #expect(model.hyperparameters.headCountKV == [2])
    #expect(model.hyperparameters.keyLength == 16)
  }

  @Test("has its values in another file")
  func external() throws {
    let contents = try ModelFile.open(path: "\(Self.fixtures)/external.onnx")
    #expect(contents.description.parameterCount == 8 * 16 + 2 * 16 * 16 + 16)
    #expect(contents.description.fileCount == 2)
    #expect(contents.description.fileBytes == 572 + 2624)
    let tensors = contents.tensors()
    #expect(tensors.map(\.byteOffset) == [0, 512, 1536, 2560])
    #expect(tensors.map(\.fileIndex) == [1, 1, 1, 1])
    #expect(tensors.map(\.name) == ["embedding", "up", "down", "bias"])
  }

  @Test("is described by the configuration of ONNX Runtime GenAI beside it")
  func generation() throws {
    let settings = #"""
      {"model": {"type": "qwen2", "context_length": 32768, "vocab_size": 16,
        "decoder": {"filename": "m.onnx", "head_size": 16, "hidden_size": 64, "num_attention_heads": 4,
          "num_hidden_layers": 3, "num_key_value_heads": 2}}, "search": {}}
      """#
    let tree = try FileTree(["genai_config.json": settings])
    let bytes = try #require(Repository.bytes("Tests/ModelFilesTests/Fixtures/nbits.onnx"))
    try tree.write(bytes, to: "m.onnx")
    let model = try ModelFile.describe(path: tree.path)
    #expect(model.storage == .folder)
    #expect(model.architecture == "qwen2")
    #expect(model.kind == .language)
    #expect(model.hyperparameters.contextTokens == 32768)
    #expect(model.attention == .groupedQuery)
    #expect(model.cacheLayers == [CacheLayers(growth: .full, layerCount: 3, keyValues: 32, valueValues: 32)])
    #expect(model.quantization?.bits == 4)
  }

  @Test("is described by the configuration that its exporter left above it")
  func configuration() throws {
    let settings = #"""
      {"architectures": ["Qwen2ForCausalLM"], "model_type": "qwen2", "hidden_size": 64, "num_hidden_layers": 3,
        "num_attention_heads": 4, "num_key_value_heads": 2, "max_position_embeddings": 4096, "vocab_size": 16,
        "intermediate_size": 32}
      """#
    let bytes = try #require(Repository.bytes("Tests/ModelFilesTests/Fixtures/nbits.onnx"))
    let tree = try FileTree(["config.json": settings])
    try tree.write(bytes, to: "onnx/model_q4.onnx")
    let model = try ModelFile.describe(path: tree.path + "/onnx/model_q4.onnx")
    #expect(model.architecture == "qwen2")
    #expect(model.hyperparameters.contextTokens == 4096)
    #expect(model.attention == .groupedQuery)
    #expect(model.parameterCount == 5184)
    #expect(model.quantization?.method == "MatMulNBits")
    let broken = try FileTree(["config.json": "{"])
    try broken.write(bytes, to: "model.onnx")
    let alone = try ModelFile.describe(path: broken.path + "/model.onnx")
    #expect(alone.parameterCount == 5184)
    #expect(alone.notes.contains { $0.contains("cannot be used") })
  }

  @Test("is not looked for outside the folder that names it")
  func generationTraversal() throws {
    let tree = try FileTree(["genai_config.json": #"{"model": {"decoder": {"filename": "../m.onnx"}}}"#])
    let error = try #require(throws: ModelFileError.self) { try ModelFile.open(path: tree.path) }
    #expect(error.kind == .malformed)
  }

  @Test("is read with a schema that agrees with its source", arguments: ["ONNXModel", "ONNXValue"])
  func schema(name: String) throws {
    let folder = "Sources/ModelFiles/ONNX/Schema"
    let source = try #require(Repository.text("\(folder)/\(name).proto"))
    let generated = try #require(Repository.text("\(folder)/\(name).swift"))
    var message = ""
    var fields = 0
    for line in source.split(separator: "\n").map({ $0.split(separator: " ").map(String.init) }) {
      if line.first == "message" { message = line[1] }
      guard line.count >= 4, line[line.count - 2] == "=", let number = line.last?.dropLast(), Int(number) != nil else {
        continue
      }
      let words = line[line.count - 3].split(separator: "_").map(String.init)
      let property = words[0] + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
      let start = try #require(generated.firstRange(of: "extension ONNX\(message):"))
      let body = generated[start.upperBound...]
      let end = body.firstRange(of: "\n}\n")?.lowerBound ?? body.endIndex
      let isDecoded = body[..<end].split(separator: "\n").contains {
        $0.contains("case \(number): ") && $0.contains("self.\(property))")
          || $0.contains("case \(number): ")
            && $0.contains("self._\(property))")
      }
      #expect(isDecoded, "\(message).\(property) = \(number)")
      fields += 1
    }
    #expect(fields >= 6)
  }
}
