import ModelFiles
import TestSupport
import Testing

@Suite("A hostile ONNX file")
struct HostileONNXTests {
  @Test("gives one clear error inside the file", arguments: ONNXFlaw.all)
  func flaw(_ flaw: ONNXFlaw) throws {
    let error = try #require(throws: ModelFileError.self) { try ONNXReader.parse(flaw.bytes) }
    #expect(error.kind.rawValue == flaw.kind, "\(error)")
    #expect(error.message.contains(flaw.says), "\(error)")
    #expect((0...flaw.bytes.count).contains(error.byteOffset ?? 0), "\(error)")
  }

  @Test("is refused or read after every possible truncation", arguments: ["nbits.onnx", "branches.onnx"])
  func everyTruncation(name: String) throws {
    let bytes = try #require(Repository.bytes("Tests/ModelFilesTests/Fixtures/\(name)"))
    let whole = try ONNXReader.parse(bytes).description
    for length in 1..<bytes.count {
      do throws(ModelFileError) {
        // What follows the graph may be cut off between two fields; the graph is whole then.
        let model = try ONNXReader.parse(bytes.prefix(length)).description
        #expect(model.parameterCount == whole.parameterCount, "\(length) bytes")
      } catch {
        #expect([.truncated, .malformed].contains(error.kind), "\(length) bytes: \(error)")
        #expect((0...length).contains(error.byteOffset ?? 0), "\(length) bytes: \(error)")
      }
    }
  }

  @Test("names no file outside its folder", arguments: ["../secret", "/etc/passwd", "a/../../b", "", "a\\b", "a\0b"])
  func traversal(location: String) throws {
    let tree = try FileTree(["secret": "x"])
    try tree.write(ONNXFlaw.model(tensor: ONNXFlaw.external([("location", location)])).bytes, to: "m/model.onnx")
    let error = try #require(throws: ModelFileError.self) { try ModelFile.open(path: tree.path + "/m/model.onnx") }
    #expect(error.kind == .malformed, "\(error)")
  }

  @Test("cannot have its values in itself")
  func cycle() throws {
    let tree = try FileTree([:])
    try tree.write(ONNXFlaw.model(tensor: ONNXFlaw.external([("location", "m.onnx")])).bytes, to: "m.onnx")
    let error = try #require(throws: ModelFileError.self) { try ModelFile.open(path: tree.path + "/m.onnx") }
    #expect(error.message.contains("the model itself"))
  }

  /// What the model says about its values in a file of 30 bytes, and the error.
  struct Place: Sendable, CustomStringConvertible {
    let fields: [(String, String)]
    let kind: ModelFileError.Kind
    let says: String
    var description: String { fields.map { "\($0.0)=\($0.1)" }.joined(separator: " ") }
  }

  static let places: [Place] = [
    Place(fields: [("location", "absent.bin")], kind: .missingPart, says: "is not there"),
    Place(fields: [("location", "folder")], kind: .specialFile, says: "no regular file"),
    Place(fields: [("location", "w.bin"), ("offset", "7")], kind: .truncated, says: "which has 30"),
    Place(fields: [("location", "w.bin"), ("offset", "9223372036854775807")], kind: .truncated, says: "which has 30"),
    Place(fields: [("location", "w.bin"), ("offset", "-1")], kind: .malformed, says: "no count"),
    Place(fields: [("location", "w.bin"), ("length", "25")], kind: .malformed, says: "25 external bytes"),
    Place(fields: [("location", "w.bin"), ("length", "9999999999999999999")], kind: .malformed, says: "no count"),
    Place(fields: [("offset", "0")], kind: .malformed, says: "not named"),
  ]

  @Test("says where external values are missing", arguments: places)
  func external(place: Place) throws {
    let tree = try FileTree(["w.bin": String(repeating: "x", count: 30), "folder/x": "x"])
    try tree.write(ONNXFlaw.model(tensor: ONNXFlaw.external(place.fields)).bytes, to: "m.onnx")
    let error = try #require(throws: ModelFileError.self) { try ModelFile.open(path: tree.path + "/m.onnx") }
    #expect(error.kind == place.kind, "\(error)")
    #expect(error.message.contains(place.says), "\(error)")
  }
}
