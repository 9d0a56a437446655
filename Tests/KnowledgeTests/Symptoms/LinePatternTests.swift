import Knowledge
import Testing

@Suite struct LinePatternTests {
  @Test(
    "a pattern matches what a regular expression means",
    arguments: [
      (#"Model \w+ is not supported"#, "Model A_9 is not supported", true),
      (#"Model \w+ is not supported"#, "Model  is not supported", false),
      (#"ncols +\d+ not"#, "ncols   576 not", true),
      (#"ncols +\d+ not"#, "ncols576 not", false),
      (#"a --(no-)?m(map|lock)"#, "a --mlock", true),
      (#"a --(no-)?m(map|lock)"#, "a --no-mmap", true),
      (#"a --(no-)?m(map|lock)"#, "a --no-mock", false),
      (#"x\S+ y\."#, "xé☃ y.", true),
      (#"x\S+ y\."#, "x y.", false),
      (#"ab*c"#, "abbbc", true),
      (#"ab*c"#, "ac", true),
      (#"a(b|c*)d"#, "ad", true),
      (#"a(b|c*)d"#, "abcd", false),
      (#"m": *"L"#, #"m":"L"#, true),
    ])
  func meaning(_ pattern: String, _ text: String, _ expected: Bool) throws {
    let compiled = try LinePattern(pattern)
    let bytes = Array(text.utf8)
    #expect((compiled.match(bytes.span, from: 0, before: bytes.count) != nil) == expected)
    #expect(pattern.utf8.starts(with: compiled.prefix) || pattern.contains("\\") || pattern.contains("*"))
    #expect(!compiled.prefix.isEmpty)
  }

  @Test(
    "what the subset does not have is refused with the place",
    arguments: [
      "a.b", "[ab]", "a{2}", "(ab", "ab)", #"a\"#, #"a\q"#, "^a", "", "x?", #"\d+"#, "(a|b)c", "+a",
      String(repeating: "a", count: 65), String(repeating: "(", count: 40),
    ])
  func refused(_ pattern: String) {
    #expect(throws: LinePattern.Malformed.self) { try LinePattern(pattern) }
  }

  @Test("a pattern that makes backtracking matchers hang takes no longer than its text")
  func noBacktracking() throws {
    let compiled = try LinePattern(#"x(a*a*a*a*)(a*a*a*)*b"#)
    let bytes = Array(("x" + String(repeating: "a", count: 100_000)).utf8)
    #expect(compiled.match(bytes.span, from: 0, before: bytes.count) == nil)
  }
}
