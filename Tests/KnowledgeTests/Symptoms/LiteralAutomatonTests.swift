import Knowledge
import Testing

@Suite struct LiteralAutomatonTests {
  /// Each occurrence as "literal@start", found one by one.
  static func naive(_ literals: [String], _ text: String) -> [String] {
    let bytes = Array(text.utf8)
    var found: [String] = []
    for literal in literals where !literal.isEmpty {
      let pattern = Array(literal.utf8)
      for start in 0..<max(0, bytes.count - pattern.count + 1) where bytes[start...].starts(with: pattern) {
        found.append("\(literal)@\(start)")
      }
    }
    return found.sorted()
  }

  @Test(
    "it finds what a search of each literal finds",
    arguments: [
      (["he", "she", "his", "hers"], "ushers his sheshe"),
      (["a", "aa", "aaa", "ab", "ba"], "aaabaaabba"),
      (["abcd", "bc", "c", ""], "xabcabcdbcd"),
      (["é", "€"], "caf\u{E9} 5 \u{20AC}\u{20AC}"),
      (["absent"], ""),
      ([], "anything"),
    ])
  func agrees(_ literals: [String], _ text: String) {
    let automaton = LiteralAutomaton(literals.map { Array($0.utf8) })
    let bytes = Array(text.utf8)
    var found: [String] = []
    automaton.scan(bytes.span) { literal, end in
      found.append("\(literals[literal])@\(end - literals[literal].utf8.count)")
    }
    #expect(found.sorted() == Self.naive(literals, text))
  }

  @Test("all 256 byte values can be in literals")
  func everyByte() {
    let automaton = LiteralAutomaton((0...255).map { [UInt8($0)] })
    var count = 0
    let text = (0...255).map { UInt8($0) }
    automaton.scan(text.span) { literal, end in count += literal == end - 1 ? 1 : 0 }
    #expect(count == 256)
  }
}
