import ModelFiles
import TestSupport
import Testing
import Tokenization

@Suite("A tokenizer")
struct TokenizerTests {
  @Test("merges bytes in the order of the list")
  func merges() throws {
    let tokenizer = try SmallVocabulary.byteLevel(merges: ["b c", "a b", "a bc"]).make()
    #expect(try tokenizer.pieces("abcab") == ["abc", "ab"])
    #expect(try tokenizer.pieces("aabb") == ["a", "ab", "b"])
  }

  @Test("merges pieces by score, of equal ones the leftmost")
  func scores() throws {
    let tokenizer = try SmallVocabulary.sentencePiece(["▁", "a", "b", "aa", "ab", "▁a"]).make()
    #expect(try tokenizer.pieces("aaab") == [" ", "aa", "ab"])
    #expect(try tokenizer.encode("") == [1])
  }

  @Test("falls back to bytes, and to the unknown token where there are none")
  func fallback() throws {
    let vocabulary = SmallVocabulary.sentencePiece(["▁", "a"])
    #expect(try vocabulary.make().encode("é", addsSpecial: false) == [259, 3 + 0xC3, 3 + 0xA9])
    var without = vocabulary
    without.tokens = without.tokens.enumerated().map { (3..<259).contains($0.offset) ? "x\($0.offset)" : $0.element }
    #expect(try without.make().encode("éèa", addsSpecial: false) == [259, 0, 260])
  }

  @Test("finds the segmentation with the largest sum of scores")
  func unigram() throws {
    var vocabulary = SmallVocabulary.sentencePiece(["▁", "a", "b", "ab", "aba"], model: "t5")
    vocabulary.scores = vocabulary.tokens.map {
      switch $0 {
      case "▁": -1
      case "a", "b": -3
      case "ab": -4
      case "aba": -8
      default: 0
      }
    }
    vocabulary.extra = [("tokenizer.ggml.add_eos_token", .bool(false))]
    #expect(try vocabulary.make().pieces("abab") == [" ", "ab", "ab"])
    #expect(try vocabulary.make().pieces("aba") == [" ", "ab", "a"])
  }

  @Test("puts a space before a text and after a special token, and takes it off again")
  func prefix() throws {
    var vocabulary = SmallVocabulary.sentencePiece(["▁", "a", "▁a", "<sep>"])
    vocabulary.kinds[262] = 4
    let tokenizer = try vocabulary.make()
    #expect(try tokenizer.encode("a") == [1, 261])
    #expect(try tokenizer.encode("a<sep>a", addsSpecial: false) == [261, 262, 261])
    #expect(try tokenizer.decode([1, 261, 261]) == Array("a a".utf8))
    vocabulary.extra = [("tokenizer.ggml.add_space_prefix", .bool(false))]
    #expect(try vocabulary.make().encode("a") == [1, 260])
    #expect(try vocabulary.make().decode([261]) == Array(" a".utf8))
  }

  @Test("matches the longest special token at the leftmost place, control tokens only when asked")
  func special() throws {
    let tokenizer = try SmallVocabulary.byteLevel(special: ["<|a|>": 3, "<|a|>b": 3, "<u>": 4]).make()
    #expect(try tokenizer.encode("x<|a|>b<u>", parsesSpecial: true) == [120, 258, 256])
    #expect(try tokenizer.encode("<|a|>") == Array("<|a|>".utf8.map(Int.init)))
    #expect(try tokenizer.encode("<u>") == [256])
    #expect(try tokenizer.decode([120, 258, 256]) == Array("x<u>".utf8))
    #expect(try tokenizer.decode([258], showsSpecial: true) == Array("<|a|>b".utf8))
  }

  @Test("adds the tokens for beginning and end as the file says")
  func ends() throws {
    var vocabulary = SmallVocabulary.byteLevel(special: ["<s>": 3, "<z>": 3])
    vocabulary.extra = [
      ("tokenizer.ggml.bos_token_id", .uint32(256)), ("tokenizer.ggml.eos_token_id", .uint32(257)),
      ("tokenizer.ggml.add_bos_token", .bool(true)), ("tokenizer.ggml.add_eos_token", .bool(true)),
    ]
    let tokenizer = try vocabulary.make()
    #expect(try tokenizer.encode("a") == [256, 97, 257])
    #expect(try tokenizer.encode("a", addsSpecial: false) == [97])
    #expect(tokenizer.specialTokens.endsGeneration == [257])
  }

  @Test("holds back a character until its bytes are there")
  func streaming() throws {
    let tokenizer = try SmallVocabulary.byteLevel().make()
    var decoding = TextDecoding(tokenizer)
    let bytes = Array("é👍!".utf8)
    #expect(try bytes.map { try decoding.text(of: Int($0)) } == ["", "é", "", "", "", "👍", "!"])
    #expect(try decoding.text(of: 0xE2).isEmpty)
    #expect(decoding.finish() == "\u{FFFD}")
    // What can never become a character is not held back.
    #expect(try decoding.text(of: 0xC0) == "\u{FFFD}")
    #expect(try [0xE0, 0x80].map { try decoding.text(of: $0) }.joined() == "\u{FFFD}\u{FFFD}")
  }

  @Test("takes a word of a million letters in time that does not explode")
  func longWord() throws {
    let tokenizer = try SmallVocabulary.byteLevel(merges: ["a a", "aa aa"]).make()
    let ids = try tokenizer.encode(String(repeating: "a", count: 100_001))
    #expect(ids.count == 25_001 && ids.last == 97)
    let limit = Tokenizer.mostTextBytes
    #expect(throws: TokenizerError.textTooLong(bytes: limit + 1, limitBytes: limit)) {
      try tokenizer.encode(String(repeating: "a", count: limit + 1))
    }
  }

  @Test("composes as Normalization Form C does")
  func composition() throws {
    let tokenizer = try SmallVocabulary.byteLevel(pre: "qwen2").make()
    func normal(_ text: String) throws -> [UInt32] {
      String(decoding: try tokenizer.decode(try tokenizer.encode(text)), as: UTF8.self).unicodeScalars.map(\.value)
    }
    #expect(try normal("e\u{301}") == [0xE9])
    #expect(try normal("a\u{302}\u{323}") == [0x1EAD])
    #expect(try normal("\u{1112}\u{1161}\u{11AB}") == [0xD55C])
    #expect(try normal("\u{212B}\u{2126}") == [0xC5, 0x3A9])
    #expect(try normal("\u{958}\u{F900}") == [0x915, 0x93C, 0x8C48])
    #expect(try normal("x\u{345}\u{300}") == [0x78, 0x300, 0x345])
    #expect(try normal("a\u{300}\u{300}") == [0xE0, 0x300])
  }
}
