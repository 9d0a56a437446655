import JSON
import TestSupport
import Testing

struct PrintingTests {
  static let compact: [(JSON, String)] = [
    (.null, "null"),
    (true, "true"),
    (.integer(.min), "-9223372036854775808"),
    (.integer(.max), "9223372036854775807"),
    (7, "7"),
    (0.1, "0.1"),
    (.number(100), "100.0"),
    (.number(1e16), "1e+16"),
    (.number(.leastNonzeroMagnitude), "5e-324"),
    (.number(-0.0), "-0.0"),
    (.number(1.0 / 3), "0.3333333333333333"),
    ("a\"b\\c\n\u{1}\u{7f}é😀/", #""a\"b\\c\n\u0001"# + "\u{7f}é😀/\""),
    ("a\0b", #""a\u0000b""#),
    (["b": [1, []], "a": [:]], #"{"b":[1,[]],"a":{}}"#),
    (["a\nb": nil], #"{"a\nb":null}"#),
  ]

  @Test(arguments: compact)
  func `prints compactly`(value: JSON, expected: String) throws {
    #expect(try value.text() == expected)
    #expect(value.description == expected)
  }

  @Test func `prints indented`() throws {
    let value: JSON = ["a": [1, [:]], "b": [:], "c": ["d": nil]]
    let expected = """
      {
        "a": [
          1,
          {}
        ],
        "b": {},
        "c": {
          "d": null
        }
      }
      """
    #expect(try value.text(pretty: true) == expected)
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func `a number that is not finite is an error`(value: Double) {
    #expect(throws: JSON.PrintError.self) { try JSON.array([.number(value)]).print() }
  }

  @Test func `nesting without end is an error`() {
    var value = JSON.null
    for _ in 0..<1001 { value = [value] }
    #expect(throws: JSON.PrintError.self) { try value.print() }
  }

  @Test func `random doubles and integers read back exactly`() throws {
    var random = SplitMix(state: 7)
    for _ in 0..<2000 {
      let bits = random.next()
      let number = Double(bitPattern: bits)
      if number.isFinite { #expect(try JSON.parse(JSON.number(number).print()) == .number(number)) }
      let integer = JSON.integer(Int64(bitPattern: bits))
      #expect(try JSON.parse(integer.print()) == integer)
    }
  }

  @Test func `an excerpt is short, whatever the value`() {
    #expect(JSON.string("abc").excerpt() == "\"abc\"")
    let long = JSON.array(Array(repeating: .string(String(repeating: "x", count: 1000)), count: 1000))
    #expect(long.excerpt().count == 81)
    #expect(long.excerpt().hasPrefix("[\"xxx"))
    #expect(JSON.number(.nan).excerpt() == "nan")
  }
}
