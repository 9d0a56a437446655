import JSON
import TestSupport
import Testing

struct ParsingTests {
  @Test(arguments: Grammar.accepted)
  func `accepts what RFC 8259 allows`(text: String, expected: JSON) throws {
    #expect(try JSON.parse(text) == expected)
  }

  @Test(arguments: Grammar.accepted)
  func `prints what reads back the same`(text: String, expected: JSON) throws {
    let value = try JSON.parse(text)
    #expect(try JSON.parse(value.print()) == value)
    #expect(try JSON.parse(value.print(pretty: true)) == value)
    #expect(try !value.print().contains(UInt8(ascii: "\n")))
  }

  @Test(arguments: Grammar.refused)
  func `refuses what RFC 8259 does not allow`(text: String) {
    #expect(throws: JSON.ParseError.self) { try JSON.parse(text) }
  }

  @Test(arguments: Grammar.refusedBytes)
  func `refuses bytes that are not UTF-8`(bytes: [UInt8]) {
    #expect(throws: JSON.ParseError.self) { try JSON.parse(bytes) }
  }

  @Test(arguments: [
    ("{\"a\":1,\"b\":[2,\n  3,x]}", 19, 2, 5, "near 'x'"),
    ("{\"a\":1,\"a\":2}", 7, 1, 8, "duplicate object key \"a\""),
    ("[9223372036854775808]", 1, 1, 2, "does not fit 64 bits"),
    ("[1, -9223372036854775809 ]", 4, 1, 5, "does not fit 64 bits"),
    ("[1e400]", 1, 1, 2, "too large for a double"),
    ("[0, 0.0, 1e-400]", 9, 1, 10, "too small for a double"),
    ("[1, 2", 5, 1, 6, "ends in the middle"),
    ("", 0, 1, 1, "empty"),
    ("\u{FEFF}{}", 0, 1, 1, "byte order mark"),
    ("1\u{0}", 1, 1, 2, "null byte"),
    ("{} {}", 3, 1, 4, "end of file expected"),
    ("{\"a\\u0000b\":1}", 1, 1, 2, "NUL byte in object key"),
    ("[\"\\ud800\"]", 1, 1, 2, "\\uD800"),
    ("[\"a\tb\"]", 3, 1, 4, "control character 0x9"),
  ])
  func `an error says what and where`(text: String, offset: Int, line: Int, column: Int, message: String) throws {
    let error = try #require(throws: JSON.ParseError.self) { try JSON.parse(text) }
    #expect(error.message.contains(message), "\(error)")
    #expect([error.offset, error.line, error.column] == [offset, line, column], "\(error)")
  }

  @Test func `keys that differ only in their Unicode form are refused, not merged`() throws {
    let error = try #require(throws: JSON.ParseError.self) { try JSON.parse(#"{"é":1,"e\#u{301}":2}"#) }
    #expect(error.message.contains("Unicode"))
    #expect(try JSON.parse(#"{"é":1,"è":2}"#)["è"] == 2)
  }

  @Test func `nesting is limited, and a bomb is refused before it costs anything`() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(throws: Never.self) { try JSON.parse(nested(128)) }
    let error = try #require(throws: JSON.ParseError.self) { try JSON.parse(nested(129)) }
    #expect(error.offset == 128)
    #expect(throws: JSON.ParseError.self) { try JSON.parse(nested(100_000)) }
    #expect(throws: JSON.ParseError.self) { try JSON.parse(String(repeating: "[{\"a\":", count: 50_000)) }
    #expect(throws: JSON.ParseError.self) { try JSON.parse("[[1]]", limits: JSON.Limits(depth: 1)) }
  }

  @Test func `size and number of values are limited`() throws {
    #expect(throws: Never.self) { try JSON.parse("[1,2]", limits: JSON.Limits(bytes: 5)) }
    let long = try #require(throws: JSON.ParseError.self) { try JSON.parse("[1,2]", limits: JSON.Limits(bytes: 4)) }
    #expect(long.message.contains("limit of 4"))
    #expect(throws: Never.self) { try JSON.parse("[1,[2],\"a,b,c,d\"]", limits: JSON.Limits(values: 5)) }
    let many = try #require(throws: JSON.ParseError.self) {
      try JSON.parse("[1,[2],3]", limits: JSON.Limits(values: 4))
    }
    #expect(many.message.contains("limit of 4 values"))
  }

  @Test func `every truncation of a text is refused`() throws {
    let text = Array(#"{"key":[true,null,-12.5e+3,"a\u00e9\n"],"o":{}}"#.utf8)
    _ = try JSON.parse(text)
    for count in 0..<text.count {
      #expect(throws: JSON.ParseError.self) { try JSON.parse(Array(text.prefix(count))) }
    }
  }

  @Test func `random changes to a text never do more than refuse it or read back the same`() throws {
    var random = SplitMix(state: 42)
    let seed = Array(
      #"{"key":[true,null,-12.5e+3,"a\u00e9\n\ud83d\ude00"],"é":{"b":[[],{}]},"n":9007199254740993}"#.utf8)
    for _ in 0..<3000 {
      var text = seed
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0..<text.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: text[place] = UInt8.random(in: 0...255, using: &random)
        case 1: text.remove(at: place)
        default: text.insert(contentsOf: text[..<place].suffix(6), at: place)
        }
      }
      if let value = try? JSON.parse(text) {
        #expect(try JSON.parse(value.print()) == value)
      }
    }
  }
}
