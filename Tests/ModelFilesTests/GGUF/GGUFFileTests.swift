import ModelFiles
import TensorFormats
import TestSupport
import Testing

@Suite("Reading a GGUF file")
struct GGUFFileTests {
  /// Both versions in both byte orders.
  static let variants: [(version: UInt32, bigEndian: Bool)] = [(2, false), (2, true), (3, false), (3, true)]

  @Test("gives every metadata value exactly", arguments: variants)
  func values(version: UInt32, bigEndian: Bool) throws {
    let file = try parse(version: version, bigEndian: bigEndian)
    #expect(file.version == version)
    #expect(file.byteOrder == (bigEndian ? .big : .little))
    #expect(file.architecture == "llama")
    let metadata = file.metadata
    #expect(metadata["test.uint8"]?.integer == 200)
    #expect(metadata["test.int8"]?.integer == -100)
    #expect(metadata["test.uint16"]?.integer == 60000)
    #expect(metadata["test.int16"]?.integer == -30000)
    #expect(metadata["test.int32"]?.integer == -2_000_000_000)
    #expect(metadata["test.bool"]?.bool == true)
    #expect(metadata["test.int64"]?.integer == .min)
    #expect(metadata["test.float64"]?.double == 0.1)
    #expect(metadata["llama.rope.freq_base"]?.double == 10000)
    #expect(metadata["test.uint64"]?.integer == nil)
    if case .unsigned(let value) = metadata["test.uint64"] { #expect(value == .max) } else { Issue.record("no uint64") }
  }

  @Test("gives arrays when they are asked for", arguments: variants)
  func arrays(version: UInt32, bigEndian: Bool) throws {
    let metadata = try parse(version: version, bigEndian: bigEndian).metadata
    let tokens = try #require(metadata["tokenizer.ggml.tokens"]?.array)
    #expect(tokens.count == 4)
    #expect(tokens.strings() == ["a", "b", "ab", "<s>"])
    #expect(tokens.integers() == nil)
    let types = try #require(metadata["tokenizer.ggml.token_type"]?.array)
    #expect(types.integers() == [1, 1, 1, 3])
    #expect(types.doubles() == [1, 1, 1, 3])
    #expect(types.strings() == nil)
    let nested = try #require(metadata["test.nested"]?.array?.arrays())
    #expect(nested.map { $0.integers() } == [[1, 2], [3]])
  }

  @Test("keeps the order of the metadata, with types and places")
  func order() throws {
    let writer = GGUFWriter.small
    let file = try GGUFFile.parse(writer.bytes())
    #expect(file.metadata.entries.map(\.key) == writer.metadata.map(\.key))
    let entry = try #require(file.metadata.entry("test.nested"))
    #expect(entry.type == .array)
    #expect(entry.byteOffset == writer.place("pair:test.nested"))
  }

  @Test("finds each tensor with its exact bytes", arguments: variants)
  func tensors(version: UInt32, bigEndian: Bool) throws {
    let file = try parse(version: version, bigEndian: bigEndian)
    #expect(file.tensors.map(\.name) == ["token_embd.weight", "output_norm.weight", "blk.0.attn_q.weight"])
    let embedding = try #require(file.tensor(named: "token_embd.weight"))
    #expect(embedding.shape == [64, 4])
    #expect(embedding.format == .q8_0)
    #expect(embedding.byteCount == 64 * 4 / 32 * 34)
    #expect(embedding.columns == 64)
    #expect(embedding.rows == 4)
    #expect(embedding.byteOffset == file.dataOffset)
    for (tensor, written) in zip(file.tensors, GGUFWriter.small.tensors) {
      #expect(Array(file.bytes(of: tensor)) == written.bytes)
      #expect((tensor.byteOffset - file.dataOffset).isMultiple(of: 32))
    }
    #expect(file.tensor(named: "absent") == nil)
  }

  @Test("follows the alignment that the file states", arguments: [1, 8, 64, 4096])
  func alignment(step: Int) throws {
    var writer = GGUFWriter.small.setting("general.alignment", .uint32(UInt32(step)))
    writer.alignment = step
    let file = try GGUFFile.parse(writer.bytes())
    #expect(file.alignment == step)
    #expect(file.dataOffset.isMultiple(of: step))
    #expect(Array(file.bytes(of: file.tensors[2])) == writer.tensors[2].bytes)
  }

  @Test("accepts tensors of every format", arguments: TensorFormat.all)
  func formats(_ format: TensorFormat) throws {
    var writer = GGUFWriter.small
    writer.tensors = [.init("t", [format.valuesPerBlock * 2, 3], format)]
    let tensor = try #require(try GGUFFile.parse(writer.bytes()).tensor(named: "t"))
    #expect(tensor.format == format)
    #expect(tensor.byteCount == format.bytesPerBlock * 6)
  }

  @Test("accepts a file without tensors, as tokenizer files are")
  func noTensors() throws {
    var writer = GGUFWriter.small
    writer.tensors = []
    #expect(try GGUFFile.parse(writer.bytes()).tensors.isEmpty)
  }

  @Test("reads a vocabulary of 256,000 tokens without decoding it")
  func largeVocabulary() throws {
    let count = 256_000
    let token = [4, 0, 0, 0, 0, 0, 0, 0] + Array("word".utf8)
    let raw = Array(repeatElement(token, count: count).joined())
    let writer = GGUFWriter.small.setting("tokenizer.ggml.tokens", .rawArray(8, count: UInt64(count), raw))
    let tokens = try #require(try GGUFFile.parse(writer.bytes()).metadata["tokenizer.ggml.tokens"]?.array)
    #expect(tokens.count == count)
    #expect(tokens.byteCount == raw.count)
    var bytes = 0
    tokens.forEachString { bytes += $0.count }
    #expect(bytes == count * 4)
  }

  private func parse(version: UInt32, bigEndian: Bool) throws -> GGUFFile {
    var writer = GGUFWriter.small
    writer.version = version
    writer.bigEndian = bigEndian
    return try GGUFFile.parse(writer.bytes())
  }
}
