import Testing
import Tokenization

/// The words of a text show in a vocabulary that merges everything: each word is one token.
@Suite("Pre-tokenizers")
struct PreTokenizerTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let pre: String
    let text: String
    let words: [String]
    var testDescription: String { "\(pre): \(text.debugDescription)" }
  }

  /// What the published regular expression matches, piece by piece.
  static let cases = [
    Case(pre: "gpt-2", text: "I'm here  now", words: ["I", "'m", " here", " ", " now"]),
    Case(pre: "gpt-2", text: "I'M", words: ["I", "'", "M"]),
    Case(pre: "gpt-2", text: "a\n\nb", words: ["a", "\n", "\n", "b"]),
    Case(pre: "gpt-2", text: "x 123!? ", words: ["x", " 123", "!?", " "]),
    Case(pre: "smollm", text: "x 123  4", words: ["x", " ", "1", "2", "3", "  ", "4"]),
    Case(pre: "llama-bpe", text: "I'M 12345", words: ["I", "'M", " ", "123", "45"]),
    Case(pre: "llama-bpe", text: "a'\u{17F}b", words: ["a", "'\u{17F}", "b"]),
    Case(pre: "llama-bpe", text: "  \r\n \n  x", words: ["  \r\n \n", " ", " x"]),
    Case(pre: "llama-bpe", text: "(a) //\n\n/", words: ["(a", ")", " //\n\n", "/"]),
    Case(pre: "llama-bpe", text: "e\u{301}a", words: ["e", "\u{301}a"]),
    Case(pre: "qwen2", text: "1234 \u{E9}", words: ["1", "2", "3", "4", " \u{E9}"]),
    Case(pre: "qwen2", text: "e\u{301}", words: ["\u{E9}"]),
    Case(pre: "qwen35", text: "\u{301}\u{302}!\u{93E}", words: ["\u{301}\u{302}", "!\u{93E}"]),
    Case(pre: "gpt-4o", text: "camelCase HTTPServer's", words: ["camel", "Case", " HTTPServer's"]),
    Case(pre: "gpt-4o", text: "a//\n/b", words: ["a", "//\n/", "b"]),
    Case(pre: "gpt-4o", text: "\u{301}AB", words: ["\u{301}", "AB"]),
    Case(pre: "tekken", text: "camelCase's 12", words: ["camel", "Case", "'s", " ", "1", "2"]),
    Case(
      pre: "deepseek-v3", text: "a1234 \u{4F60}\u{597D}b .x",
      words: ["a", "123", "4", " ", "\u{4F60}\u{597D}", "b", " .", "x"]),
  ]

  @Test("cut a text where the published expression does", arguments: cases)
  func words(_ example: Case) throws {
    // Words are found by making each a token that is taken whole or merged from its bytes.
    let tokenizer = try Self.mergingAll(example.words, pre: example.pre)
    #expect(try tokenizer.pieces(example.text) == example.words)
    // A vocabulary that also joins neighbors shows that no merge goes over a cut.
    let joined = zip(example.words, example.words.dropFirst()).map { $0 + $1 }
    let greedy = try Self.mergingAll(example.words + joined, pre: example.pre)
    #expect(try greedy.pieces(example.text) == example.words)
  }

  @Test("keep every byte of a text, whatever it is", arguments: PreTokenizer.names)
  func lossless(name: String) throws {
    let tokenizer = try SmallVocabulary.byteLevel(pre: name, merges: ["t h", "th e", "\u{120} a"]).make()
    for text in [
      "", " ", "the a\u{E9}\u{1F469}\u{200D}\u{1F467}", "\r\n\t \u{3000}x'LL 1\u{BD}\u{2167}", "\u{0}\u{7F}\u{10FFFF}",
    ] {
      let ids = try tokenizer.encode(text, addsSpecial: false)
      #expect(try tokenizer.decode(ids) == Array(text.utf8))
    }
  }

  /// Merges the bytes of each word from left to right.
  private static func mergingAll(_ words: [String], pre: String) throws -> Tokenizer {
    let plain = SmallVocabulary.byteLevel()
    var merges: [String] = []
    for word in words {
      let letters = word.utf8.map { plain.tokens[Int($0)] }
      for count in 1..<max(1, letters.count) {
        let merge = letters[..<count].joined() + " " + letters[count]
        if !merges.contains(merge) { merges.append(merge) }
      }
    }
    return try SmallVocabulary.byteLevel(pre: pre, merges: merges).make()
  }
}
