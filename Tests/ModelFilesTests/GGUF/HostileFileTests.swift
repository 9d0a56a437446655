import ModelFiles
import TestSupport
import Testing

@Suite("A hostile GGUF file")
struct HostileFileTests {
  @Test("gives one clear error at the right byte", arguments: GGUFFlaw.all)
  func flaw(_ flaw: GGUFFlaw) throws {
    let error = try #require(throws: ModelFileError.self) { try GGUFFile.parse(flaw.bytes) }
    #expect(error.kind.rawValue == flaw.kind, "\(error)")
    #expect(error.byteOffset == flaw.byteOffset, "\(error)")
    #expect(error.message.contains(flaw.says), "\(error)")
  }

  @Test("is refused after every possible truncation, with an offset inside what is left")
  func everyTruncation() throws {
    for writer in [GGUFWriter.small, bigEndian] {
      let bytes = writer.bytes()
      for length in 1..<bytes.count {
        let error = try #require(throws: ModelFileError.self, "\(length) bytes") {
          try GGUFFile.parse(bytes.prefix(length))
        }
        #expect(error.kind == .truncated, "\(length) bytes: \(error)")
        let offset = try #require(error.byteOffset)
        #expect((0...length).contains(offset), "\(length) bytes: \(error)")
      }
      #expect(throws: Never.self) { try GGUFFile.parse(bytes) }
    }
  }

  @Test("that is empty is refused")
  func empty() {
    #expect(throws: ModelFileError.self) { try GGUFFile.parse([]) }
  }

  @Test("survives thousands of mutations: it is read or refused with an offset inside it, and can be described")
  func mutations() throws {
    var random = SplitMix(state: 20_240_607)
    let seeds = [GGUFWriter.small.bytes(), bigEndian.bytes()]
    var refused = 0
    for round in 0..<4000 {
      var bytes = seeds[round % 2]
      for _ in 0...Int(random.next() % 3) { mutate(&bytes, &random) }
      do {
        let file = try GGUFFile.parse(bytes)
        let description = ModelDescription(file)
        #expect(description.fileBytes == bytes.count)
        for tensor in file.tensors { #expect(file.bytes(of: tensor).count == tensor.byteCount) }
        for entry in file.metadata.entries { _ = entry.value.array?.strings() ?? [] }
      } catch {
        refused += 1
        #expect((0...bytes.count).contains(error.byteOffset ?? 0), "round \(round): \(error)")
      }
    }
    #expect(refused > 1000)
  }

  private var bigEndian: GGUFWriter {
    var writer = GGUFWriter.small
    writer.bigEndian = true
    writer.version = 2
    return writer
  }

  /// Flips a bit, writes an extreme number, or cuts out, doubles or swaps bytes.
  private func mutate(_ bytes: inout [UInt8], _ random: inout SplitMix) {
    guard bytes.count > 16 else { return }
    let place = Int(random.next() % UInt64(bytes.count - 9))
    switch random.next() % 5 {
    case 0: bytes[place] ^= 1 << UInt8(random.next() % 8)
    case 1:
      let extreme: [UInt64] = [0, 1, .max, 1 << 63, 1 << 32, UInt64(bytes.count), 0x7fff_ffff_ffff_ffff]
      let value = extreme[Int(random.next() % UInt64(extreme.count))]
      for index in 0..<8 { bytes[place + index] = UInt8(truncatingIfNeeded: value >> UInt64(index * 8)) }
    case 2: bytes.removeSubrange(place..<place + 1 + Int(random.next() % 8))
    case 3: bytes.insert(contentsOf: bytes[place..<place + 8], at: place)
    default: bytes.swapAt(place, place + 1 + Int(random.next() % 8))
    }
  }
}

/// A small generator with a fixed seed, so that a failing round can be run again.
private struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
