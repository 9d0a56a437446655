import Hardware
import Kernels
import ModelFiles
import TestSupport
import Testing

@testable import Advisor

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite("Small models for other engines")
struct ProbeWritingTests {
  /// An engine's format.
  struct Case: Sendable, CustomTestStringConvertible {
    let engine: any PythonEngine
    let format: String

    var testDescription: String { "\(engine.engine.rawValue) \(format)" }
  }

  static let cases = CalibratedEngines.all.compactMap { $0 as? any PythonEngine }.flatMap { engine in
    engine.formats.map { Case(engine: engine, format: $0) }
  }

  @Test(
    "each format of each engine is a model that our own readers accept, with the parameters of its shape",
    arguments: cases)
  func accepted(_ item: Case) throws {
    let tree = try FileTree([:])
    let shape = ProbeModel(layers: 2, hidden: 256, inner: 384, heads: 4, kvHeads: 2, vocabulary: 512)
    try item.engine.write(shape, item.format, to: ProbeFolder(path: tree.path, cancellation: Cancellation()))
    let model = try Advisor().describe(model: tree.path)
    #expect(model.kind == .language)
    #expect(model.layout != nil || model.fileFormat != nil)
    let count = try #require(model.parameterCount)
    // An output of its own, norms and rotations come on top.
    #expect(count >= shape.parameters && count < shape.parameters + 512 * 256 + 70_000)
    let digits = item.format.filter(\.isNumber)
    let scheme = model.quantization
    switch item.format {
    case "F32", "mlx/bf16", "openvino/fp16": #expect(scheme == nil)
    case "olive/int8": #expect(scheme?.bits == 8 && scheme?.groupSize == 32)
    case "openvino/int8_asym": #expect(scheme?.bits == 8)
    default: #expect("\(scheme?.bits ?? 0)\(scheme?.groupSize ?? 0)" == digits, "\(item.format)")
    }
  }

  @Test("every format has bits that are known, and a work in proportion", arguments: cases)
  func work(_ item: Case) throws {
    let bits = WeightBits.ofFileType(item.format)
    let work = try item.engine.work(.main, item.format)
    let read = work.bytesReadPerToken * 8 / Double(ProbeModel.main.parameters)
    #expect(abs(read / bits - 1) < 0.02, "\(read) and \(bits)")
  }

  @Test("random weights are small numbers, none of them infinite or none at all")
  func weights() {
    let floats = ProbeBytes(.float32, byteCount: 4096).piece(limit: 4096)
    let values = stride(from: 0, to: floats.count, by: 4).map { index in
      Float(bitPattern: (0..<4).reduce(UInt32(0)) { $0 | UInt32(floats[index + $1]) << UInt32(8 * $1) })
    }
    #expect(values.count == 1024 && values.allSatisfy { abs($0) >= 1.0 / 64 && abs($0) < 1.0 / 32 })
    #expect(values.contains { $0 < 0 } && values.contains { $0 > 0 })
    let halves = ProbeBytes(.float16, byteCount: 64).piece(limit: 64)
    #expect(stride(from: 1, to: 64, by: 2).allSatisfy { halves[$0] & 0x7c == 0x24 })
  }

  @Test("stretches have the bytes that they say, whatever their pattern")
  func stretches() throws {
    let tree = try FileTree([:])
    let folder = ProbeFolder(path: tree.path, cancellation: Cancellation())
    let stretches = [
      ProbeBytes(.random, byteCount: 13), ProbeBytes(.repeated([1, 2, 3]), byteCount: 10),
      ProbeBytes(.bfloat16, byteCount: (5 << 20) + 1), ProbeBytes([7, 8] as [UInt8]),
      ProbeBytes(halves: 0x1234, count: 3),
    ]
    try folder.write("file", stretches)
    let bytes = try #require(SystemFiles.thisMachine.bytes(tree.path + "/file", cap: 8 << 20))
    #expect(bytes.count == stretches.reduce(0) { $0 + $1.byteCount })
    #expect(Array(bytes[13..<23]) == [1, 2, 3, 1, 2, 3, 1, 2, 3, 1])
    #expect(Array(bytes.suffix(8)) == [7, 8, 0x34, 0x12, 0x34, 0x12, 0x34, 0x12])
    #expect(throws: Refusal.self) { try folder.write("file", "again") }
    #expect(throws: Cancelled.self) {
      try ProbeFolder(path: tree.path, cancellation: Cancellation(allowance: 0)).write("other", stretches)
    }
  }

  @Test("a temporary folder goes with all that was put there, links without what they point to")
  func temporary() throws {
    let kept = try FileTree(["file": "kept"])
    let folder = try TemporaryFolder()
    #expect(mkdir(folder.path + "/inner", 0o700) == 0)
    #expect(symlink(kept.path, folder.path + "/inner/link") == 0)
    folder.empty()
    #expect(access(folder.path, F_OK) == 0 && access(folder.path + "/inner", F_OK) != 0)
    folder.remove()
    #expect(access(folder.path, F_OK) != 0)
    #expect(kept.names() == ["file"])
  }
}
