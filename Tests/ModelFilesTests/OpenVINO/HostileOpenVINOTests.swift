import ModelFiles
import TestSupport
import Testing

@Suite("A hostile OpenVINO file")
struct HostileOpenVINOTests {
  /// One way to be wrong, and the error.
  struct Flaw: Sendable, CustomStringConvertible {
    let description: String
    let text: String
    let kind: ModelFileError.Kind
    let says: String

    init(_ description: String, _ text: String, _ kind: ModelFileError.Kind, _ says: String) {
      self.description = description
      self.text = text
      self.kind = kind
      self.says = says
    }
  }

  static func constant(_ attributes: String) -> String {
    "<net name='n' version='11'><layers><layer id='0' name='c' type='Const' version='opset1'><data \(attributes)/></layer>"
      + "</layers><edges/></net>"
  }

  static let bomb =
    "<?xml version='1.0'?><!DOCTYPE net [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>"
    + "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]><net name='&c;'><layers/></net>"

  static let flaws: [Flaw] = [
    Flaw("an entity bomb", bomb, .malformed, "<!DOCTYPE>"),
    Flaw(
      "an entity in another file", "<!DOCTYPE net SYSTEM 'file:///etc/passwd'><net/>", .malformed, "<!DOCTYPE>"),
    Flaw("an undefined entity", "<net name='&a;'/>", .malformed, "undefined entity"),
    Flaw("another document", "<html/>", .malformed, "expected <net>"),
    Flaw("depth", String(repeating: "<net>", count: 100), .malformed, "more than 64 deep"),
    Flaw(
      "attributes", "<net \((0..<100).map { "a\($0)=''" }.joined(separator: " "))/>", .malformed,
      "more than 64 attributes"),
    Flaw(
      "names", "<net>" + (0..<5000).map { "<n\($0)/>" }.joined() + "</net>", .malformed, "4096 different names"),
    Flaw(
      "a long tag", "<net name='\(String(repeating: "a", count: 2 << 20))'/>", .malformed, "longer than 1 MiB"),
    Flaw("a layer without a number", "<net><layers><layer type='Const'/></layers></net>", .malformed, "no number 'id'"),
    Flaw("a layer without a type", "<net><layers><layer id='1'/></layers></net>", .malformed, "no 'type'"),
    Flaw("an edge to nowhere", "<net><edges><edge from-layer='0'/></edges></net>", .malformed, "no number 'to-layer'"),
    Flaw(
      "an unknown type", constant("element_type='f3' shape='1' offset='0' size='4'"), .unsupportedFormat, "'f3'"),
    Flaw("no offset", constant("element_type='f32' shape='1' size='4'"), .malformed, "'offset'"),
    Flaw("a negative offset", constant("element_type='f32' shape='1' offset='-4' size='4'"), .malformed, "'offset'"),
    Flaw("no sizes", constant("element_type='f32' shape='1,a' offset='0' size='4'"), .malformed, "no list of sizes"),
    Flaw(
      "sizes that overflow",
      constant("element_type='f32' shape='9223372036854775807,9' offset='0' size='4'"), .malformed, "more values"),
    Flaw(
      "another size", constant("element_type='f32' shape='2' offset='0' size='4'"), .malformed, "cannot have 4 bytes"),
    Flaw(
      "an end beyond the weights", constant("element_type='f32' shape='2' offset='97' size='8'"), .truncated,
      "which has 100"),
    Flaw(
      "an offset that overflows",
      constant("element_type='f32' shape='2' offset='9223372036854775807' size='8'"), .truncated, "which has 100"),
    Flaw("two roots", "<net/><net/>", .malformed, "junk after document element"),
    Flaw("a wrong end", "<net></layer>", .malformed, "mismatched tag"),
  ]

  @Test("gives one clear error inside the file", arguments: flaws)
  func flaw(_ flaw: Flaw) throws {
    let error = try #require(throws: ModelFileError.self) {
      try OpenVINOReader.parse(Array(flaw.text.utf8), weightFileBytes: 100)
    }
    #expect(error.kind == flaw.kind, "\(error)")
    #expect(error.message.contains(flaw.says), "\(error)")
    let offset = try #require(error.byteOffset)
    #expect((0...flaw.text.utf8.count).contains(offset), "\(error)")
  }

  @Test("is refused after every possible truncation")
  func everyTruncation() throws {
    let bytes = Array(Self.small.utf8)
    for length in 1..<bytes.count {
      let error = try #require(throws: ModelFileError.self, "\(length) bytes") {
        try OpenVINOReader.parse(bytes.prefix(length))
      }
      #expect(error.kind == .truncated, "\(length) bytes: \(error)")
      #expect((0...length).contains(error.byteOffset ?? 0), "\(length) bytes: \(error)")
    }
    let model = try OpenVINOReader.parse(bytes, weightFileBytes: 30).description
    #expect(model.parameterCount == 32)
    #expect(model.formats.map(\.format) == ["OpenVINO int4"])
    #expect(model.graph?.subgraphCount == 1)
  }

  /// Four-bit weights with scales, and a loop, in few bytes.
  static let small = """
    <?xml version="1.0"?>
    <net name="small" version="11">
      <layers>
        <layer id="0" name="w" type="Const"><data element_type="u4" shape="4, 8" offset="0" size="16"/></layer>
        <layer id="1" name="s" type="Const"><data element_type="f16" shape="4, 1" offset="16" size="8"/></layer>
        <layer id="2" name="v" type="Convert"/>
        <layer id="3" name="m" type="Multiply"/>
        <layer id="4" name="l" type="Loop">
          <body><layers><layer id="0" name="r" type="Result"/></layers><edges/></body>
        </layer>
      </layers>
      <edges>
        <edge from-layer="0" from-port="0" to-layer="2" to-port="0"/>
        <edge from-layer="2" from-port="1" to-layer="3" to-port="0"/>
        <edge from-layer="1" from-port="0" to-layer="3" to-port="1"/>
      </edges>
      <rt_info><info name="OpenVINO Runtime" value="2026"/></rt_info>
    </net>
    """

  @Test("needs its weights beside it, whole")
  func weights() throws {
    let bytes = try #require(Repository.bytes("Tests/ModelFilesTests/Fixtures/int8.xml"))
    let tree = try FileTree([:])
    try tree.write(bytes, to: "m.xml")
    let absent = try #require(throws: ModelFileError.self) { try ModelFile.open(path: tree.path + "/m.xml") }
    #expect(absent.kind == .missingPart)
    #expect(absent.path == tree.path + "/m.bin")
    try tree.write(Array(repeating: 0, count: 3000), to: "m.bin")
    let short = try #require(throws: ModelFileError.self) { try ModelFile.open(path: tree.path + "/m.xml") }
    #expect(short.kind == .truncated)
  }
}
