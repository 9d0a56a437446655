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
