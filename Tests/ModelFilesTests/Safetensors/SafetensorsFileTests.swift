import ModelFiles
import TestSupport
import Testing

@Suite("A safetensors file")
struct SafetensorsFileTests {
  @Test("tells its tensors and its metadata")
  func small() throws {
    let file = try SafetensorsFile.parse(SafetensorsWriter.small.bytes())
    #expect(file.metadata == ["format": "pt"])
    #expect(file.tensors.map(\.name) == ["model.embed_tokens.weight", "model.norm.weight", "scale"])
    #expect(file.tensors.map(\.shape) == [[8, 4], [4], []])
    #expect(file.tensors.map(\.byteCount) == [64, 16, 2])
    #expect(file.tensors.map(\.type) == [.bf16, .f32, .f16])
  }

  @Test("is recognized by its contents, and described as far as it goes")
  func described() throws {
    let contents = try ModelFile.parse(SafetensorsWriter.small.bytes())
    #expect(contents.description.fileFormat == .safetensors)
    #expect(contents.description.parameterCount == 37)
    #expect(contents.description.weightBytes == 82)
    #expect(contents.tensors().map(\.shape) == [[4, 8], [4], []])
    #expect(contents.description.notes.contains { $0.contains("no config.json") })
  }

  @Test("that is wrong gives one clear error at the right byte", arguments: SafetensorsFlaw.all)
  func flaw(_ flaw: SafetensorsFlaw) throws {
    let error = try #require(throws: ModelFileError.self) { try SafetensorsFile.parse(flaw.bytes) }
    #expect(error.kind.rawValue == flaw.kind, "\(error)")
    #expect(error.byteOffset == flaw.byteOffset, "\(error)")
    #expect(error.message.contains(flaw.says), "\(error)")
  }

  @Test("is refused after every possible truncation, with an offset inside what is left")
  func truncations() throws {
    let bytes = SafetensorsWriter.small.bytes()
    for length in 1..<bytes.count {
      let error = try #require(throws: ModelFileError.self, "\(length) bytes") {
        try SafetensorsFile.parse(bytes.prefix(length))
      }
      #expect(error.kind == .truncated, "\(length) bytes: \(error)")
      #expect((0...length).contains(try #require(error.byteOffset)), "\(length) bytes: \(error)")
    }
  }

  @Test("with bytes after its tensors is refused where they start")
  func trailing() throws {
    var writer = SafetensorsWriter.small
    writer.trailing = [0, 0]
    let bytes = writer.bytes()
    let error = try #require(throws: ModelFileError.self) { try SafetensorsFile.parse(bytes) }
    #expect(error.kind == .malformed)
    #expect(error.byteOffset == bytes.count - 2)
  }

  @Test("survives thousands of mutations: it is read or refused with an offset inside it")
  func mutations() throws {
    var random = SplitMix(state: 7)
    let seed = SafetensorsWriter.small.bytes()
    var refused = 0
    for round in 0..<4000 {
      var bytes = seed
      for _ in 0...Int(random.next() % 3) {
        bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next())
      }
      do {
        let contents = try ModelFile.parse(bytes)
        #expect(contents.tensors().reduce(0) { $0 + $1.byteCount } == contents.description.weightBytes)
      } catch {
        refused += 1
        #expect((0...bytes.count).contains(error.byteOffset ?? 0), "round \(round): \(error)")
      }
    }
    #expect(refused > 1000)
  }
}
