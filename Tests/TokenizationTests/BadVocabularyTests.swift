import ModelFiles
import TestSupport
import Testing
import Tokenization

@Suite("A vocabulary that cannot be used")
struct BadVocabularyTests {
  @Test("is refused when there is none, or no name of an algorithm")
  func none() throws {
    var writer = GGUFWriter()
    writer.metadata = [("general.architecture", .string("llama"))]
    #expect(throws: TokenizerError.noTokenizer) { try Tokenizer(GGUFFile.parse(writer.bytes())) }
    writer.metadata.append(("tokenizer.ggml.model", .string("gpt2")))
    #expect(throws: TokenizerError.noTokenizer) { try Tokenizer(GGUFFile.parse(writer.bytes())) }
  }

  @Test("is named with those that can be used")
  func unknown() {
    let bert = SmallVocabulary(model: "bert", pre: nil, tokens: ["a"])
    #expect(throws: TokenizerError.unsupportedModel("bert")) { try bert.make() }
    #expect("\(TokenizerError.unsupportedModel("bert"))".contains("gpt2"))
    let pre = SmallVocabulary(pre: "no-such", tokens: ["a"], merges: [])
    #expect(throws: TokenizerError.unknownPreTokenizer("no-such")) { try pre.make() }
    #expect("\(TokenizerError.unknownPreTokenizer("no-such"))".contains("llama-bpe, llama-v3, llama3"))
  }

  @Test("is refused by the key that is wrong")
  func malformed() {
    func key(_ vocabulary: SmallVocabulary) -> String? {
      do {
        _ = try vocabulary.make()
        return nil
      } catch TokenizerError.malformed(let key, _) {
        return key
      } catch {
        return "\(error)"
      }
    }
    #expect(key(SmallVocabulary(tokens: ["a"])) == "tokenizer.ggml.merges")
    #expect(key(SmallVocabulary(tokens: ["a"], merges: ["aa"])) == "tokenizer.ggml.merges")
    #expect(key(SmallVocabulary(model: "llama", pre: nil, tokens: ["a"])) == "tokenizer.ggml.scores")
    #expect(key(SmallVocabulary(model: "llama", pre: nil, tokens: ["a"], scores: [.nan])) == "tokenizer.ggml.scores")
    #expect(key(SmallVocabulary(model: "llama", pre: nil, tokens: ["a"], scores: [1, 2])) == "tokenizer.ggml.scores")
    let long = String(repeating: "<", count: 600)
    #expect(key(.byteLevel(special: [long: 3])) == "tokenizer.ggml.tokens")
    var outside = SmallVocabulary.byteLevel()
    outside.extra = [("tokenizer.ggml.eos_token_id", .uint32(9999))]
    #expect(key(outside) == "tokenizer.ggml.eos_token_id")
    #expect(key(.byteLevel()) == nil)
  }

  @Test("says which byte it has no token for")
  func unencodable() throws {
    let tokenizer = try SmallVocabulary(tokens: ["a"], merges: []).make()
    #expect(throws: TokenizerError.unencodable(byte: 0x62)) { try tokenizer.encode("ab") }
    #expect(throws: TokenizerError.tokenOutOfRange(token: 1, vocabularySize: 1)) { try tokenizer.decode([1]) }
    #expect(throws: TokenizerError.tokenOutOfRange(token: -1, vocabularySize: 1)) { try tokenizer.decode([-1]) }
  }
}
