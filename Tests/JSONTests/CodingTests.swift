import JSON
import OrderedCollections
import Testing

struct CodingTests {
  enum Kind: String, Codable { case dense, sparse }

  struct Inner: Codable, Equatable {
    var kind: Kind
    var ratios: [Double]
    var note: String?
  }

  struct Outer: Codable, Equatable {
    var name: String
    var count: Int
    var large: UInt64
    var small: Int8
    var half: Float
    var isOn: Bool
    var inner: Inner
    var list: [Inner]
    var table: [String: Int]
    var free: JSON
    var absent: Inner?
    var optionals: [Int?]
  }

  static let outer = Outer(
    name: "a", count: -5, large: 1 << 62, small: -8, half: 0.1, isOn: true,
    inner: Inner(kind: .dense, ratios: [0.5, 1], note: nil), list: [Inner(kind: .sparse, ratios: [], note: "n")],
    table: ["z": 1, "a": 2, "m": 3], free: ["k": [1, nil, 2.5]], absent: nil, optionals: [1, nil])

  @Test func `encodes without absent members and with a stable order`() throws {
    let text = """
      {"name":"a","count":-5,"large":4611686018427387904,"small":-8,"half":0.1,"isOn":true,\
      "inner":{"kind":"dense","ratios":[0.5,1.0]},"list":[{"kind":"sparse","ratios":[],"note":"n"}],\
      "table":{"a":2,"m":3,"z":1},"free":{"k":[1,null,2.5]},"optionals":[1,null]}
      """
    #expect(try JSON(encoding: Self.outer).text() == text)
  }

  @Test func `decodes what it encoded`() throws {
    let value: Outer = try JSON(encoding: Self.outer).decode()
    #expect(value == Self.outer)
    #expect(try JSON.parse(JSON(encoding: Self.outer).print()).decode(Outer.self) == Self.outer)
  }

  @Test func `a JSON value passes through unchanged`() throws {
    let value: JSON = ["a": [1, 2.5, nil, "x", true], "b": [:]]
    #expect(try JSON(encoding: value) == value)
    #expect(try value.decode(JSON.self) == value)
    #expect(try JSON(encoding: ["k": value, "j": nil] as JSON.Object) == ["k": value, "j": nil])
    #expect(try JSON(encoding: [value]) == [value])
  }

  @Test func `an ordered dictionary is an object in its own order`() throws {
    let members: OrderedDictionary<String, [Int]> = ["z": [1], "a": []]
    let json = try JSON(encoding: members)
    #expect(json.description == #"{"z":[1],"a":[]}"#)
    #expect(try json.decode(OrderedDictionary<String, [Int]>.self) == members)
  }

  @Test func `every width of number encodes`() throws {
    func check<Number: FixedWidthInteger & Encodable>(_: Number.Type) throws {
      #expect(try JSON(encoding: [Number(7)]) == [7])
      #expect(try JSON(encoding: Number.min) == .integer(Int64(Number.min)))
    }
    try check(Int8.self)
    try check(Int16.self)
    try check(Int32.self)
    try check(Int64.self)
    try check(Int.self)
    try check(UInt8.self)
    try check(UInt16.self)
    try check(UInt32.self)
    try check(UInt64.self)
    try check(UInt.self)
    #expect(try JSON(encoding: [Float(0.1)]) == [0.1])
    #expect(try JSON(encoding: 0.1) == 0.1)
    #expect(try JSON(encoding: [true, false]) == [true, false])
  }

  @Test func `scalars and enumerations encode on their own`() throws {
    #expect(try JSON(encoding: 3) == 3)
    #expect(try JSON(encoding: "x") == "x")
    #expect(try JSON(encoding: Kind.dense) == "dense")
    #expect(try JSON(encoding: Int?.none) == nil)
    #expect(try JSON("x").decode(String.self) == "x")
    #expect(try JSON(5).decode(Double.self) == 5)
    #expect(try JSON("sparse").decode(Kind.self) == .sparse)
  }

  @Test func `a whole fraction is an integer, any other is not`() throws {
    #expect(try JSON.number(3).decode(Int.self) == 3)
    #expect(throws: JSON.DecodeError.self) { try JSON.number(3.5).decode(Int.self) }
    #expect(throws: JSON.DecodeError.self) { try JSON.number(1e300).decode(Int.self) }
  }

  struct Failing: Encodable {
    var values: [String: [Double]]
  }

  @Test func `a number that is not finite is an error that names its place`() throws {
    let error = try #require(throws: JSON.EncodeError.self) {
      try JSON(encoding: Failing(values: ["a/b": [1, .nan]]))
    }
    #expect(error.pointer.description == "/values/a~1b/1")
    #expect(throws: JSON.EncodeError.self) { try JSON(encoding: UInt64.max) }
    #expect(throws: JSON.EncodeError.self) { try JSON(encoding: [Float.infinity]) }
  }

  static let mismatches: [(JSON, String, String)] = [
    (["kind": "dense", "ratios": ["x"]], "/ratios/0", "expected a number, found \"x\""),
    (["kind": "dense"], "/ratios", "no such member"),
    (["kind": 5, "ratios": []], "/kind", "expected a string, found 5"),
    (["kind": "thick", "ratios": []], "/kind", "thick"),
    (["kind": "dense", "ratios": [], "note": []], "/note", "expected a string, found []"),
    ([], "", "expected an object"),
  ]

  @Test(arguments: mismatches)
  func `a mismatch names its place`(value: JSON, pointer: String, message: String) throws {
    let error = try #require(throws: JSON.DecodeError.self) { try value.decode(Inner.self) }
    #expect(error.pointer.description == pointer)
    #expect(error.message.contains(message), "\(error)")
  }

  @Test func `integers out of a type's range are refused`() {
    #expect(throws: JSON.DecodeError.self) { try JSON(300).decode(UInt8.self) }
    #expect(throws: JSON.DecodeError.self) { try JSON(-1).decode([UInt].self) }
    #expect(throws: JSON.DecodeError.self) { try JSON(-1).decode(UInt.self) }
  }
}

/// Values that use the containers in ways that synthesized code does not.
struct HandMadeEncodingTests {
  struct Interleaved: Encodable {
    enum Key: String, CodingKey { case first, second, third, list }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      var first = container.nestedContainer(keyedBy: Key.self, forKey: .first)
      try container.encode(2, forKey: .second)
      try first.encode("late", forKey: .third)
      var list = container.nestedUnkeyedContainer(forKey: .list)
      var inner = list.nestedUnkeyedContainer()
      try list.encode(1)
      try inner.encode("x")
      try inner.encodeNil()
      try container.superEncoder().singleValueContainer().encodeNothing()
    }
  }

  struct Joined: Encodable {
    let inner: CodingTests.Inner

    func encode(to encoder: any Encoder) throws {
      try inner.encode(to: encoder)
      var container = encoder.container(keyedBy: Interleaved.Key.self)
      try container.encode([JSON.Text("q\"\n"), .null], forKey: .list)
    }
  }

  struct Empty: Encodable {
    func encode(to encoder: any Encoder) {}
  }

  @Test func `containers may be filled in any order`() throws {
    let text = String(decoding: try JSON.Text(encoding: Interleaved()).bytes, as: UTF8.self)
    #expect(text == #"{"first":{"third":"late"},"second":2,"list":[["x",null],1],"super":null}"#)
  }

  @Test func `two values may share an object and text is copied`() throws {
    let joined = Joined(inner: CodingTests.Inner(kind: .dense, ratios: [1.5], note: "n"))
    let text = String(decoding: try JSON.Text(encoding: [joined]).bytes, as: UTF8.self)
    #expect(text == #"[{"kind":"dense","ratios":[1.5],"note":"n","list":["q\"\n",null]}]"#)
    #expect(try JSON.Text(encoding: Empty()).bytes == Array("{}".utf8))
  }

  @Test func `texts are composed and read back`() throws {
    let text = JSON.Text(object: [("a", JSON.Text(array: [.null, JSON.Text(-7)])), ("b", JSON.Text("ä"))])
    #expect(try text.parsed() == ["a": [nil, -7], "b": "ä"])
    #expect(JSON.Text(object: []).bytes == Array("{}".utf8))
    #expect(JSON.Text(array: []).bytes == Array("[]".utf8))
    #expect(throws: JSON.PrintError.self) { try JSON.Text(printing: .number(.nan)) }
  }

  struct Failing: Encodable {
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Interleaved.Key.self)
      try container.encode([["a": Float.nan]], forKey: .list)
    }
  }

  @Test func `an error deep inside is told its whole way`() throws {
    let error = try #require(throws: JSON.EncodeError.self) { try JSON.Text(encoding: ["x/y": [Failing()]]) }
    #expect(error.pointer.description == "/x~1y/0/list/0/a")
  }
}

extension SingleValueEncodingContainer {
  fileprivate func encodeNothing() throws {
    var copy = self
    try copy.encodeNil()
  }
}
