import ModelFiles
import TestSupport
import Tokenization

/// Vocabularies of a few tokens, as files that were never written to disk.
struct SmallVocabulary {
  var model = "gpt2"
  var pre: String? = "gpt-2"
  var tokens: [String]
  var scores: [Float]?
  /// The values of `token_type`; normal where there are none.
  var kinds: [Int: Int32] = [:]
  var merges: [String]?
  var extra: [(key: String, value: GGUFWriter.Value)] = []

  /// Byte-level tokens for all bytes, in order, then those that merges make, then special ones.
  static func byteLevel(pre: String = "gpt-2", merges: [String] = [], special: [String: Int32] = [:]) -> SmallVocabulary
  {
    var tokens = (0..<256).map { character(UInt8($0)) }
    tokens += merges.map { $0.filter { $0 != " " } }
    var vocabulary = SmallVocabulary(pre: pre, tokens: tokens, merges: merges)
    for (text, kind) in special.sorted(by: { $0.key < $1.key }) {
      vocabulary.kinds[vocabulary.tokens.count] = kind
      vocabulary.tokens.append(text)
    }
    return vocabulary
  }

  /// SentencePiece: the unknown token, beginning, end, all bytes, then pieces with scores that fall.
  static func sentencePiece(_ pieces: [String], model: String = "llama") -> SmallVocabulary {
    let bytes = (0..<256).map { byte in
      let digits = String(byte, radix: 16, uppercase: true)
      return "<0x\(digits.count < 2 ? "0" : "")\(digits)>"
    }
    var vocabulary = SmallVocabulary(model: model, pre: nil, tokens: ["<unk>", "<s>", "</s>"] + bytes + pieces)
    vocabulary.kinds = [0: 2, 1: 3, 2: 3]
    for id in 3..<259 { vocabulary.kinds[id] = 6 }
    vocabulary.scores = (0..<vocabulary.tokens.count).map { $0 < 259 ? 0 : Float(258 - $0) }
    return vocabulary
  }

  func make() throws -> Tokenizer { try Tokenizer(file()) }

  func file() throws -> GGUFFile {
    var writer = GGUFWriter()
    writer.metadata = [("general.architecture", .string("llama")), ("tokenizer.ggml.model", .string(model))]
    if let pre { writer.metadata.append(("tokenizer.ggml.pre", .string(pre))) }
    writer.metadata.append(("tokenizer.ggml.tokens", .array(8, tokens.map { .string($0) })))
    if let scores { writer.metadata.append(("tokenizer.ggml.scores", .array(6, scores.map { .float32($0) }))) }
    let kinds = tokens.indices.map { GGUFWriter.Value.int32(self.kinds[$0] ?? 1) }
    writer.metadata.append(("tokenizer.ggml.token_type", .array(5, kinds)))
    if let merges { writer.metadata.append(("tokenizer.ggml.merges", .array(8, merges.map { .string($0) }))) }
    writer.metadata += extra
    return try GGUFFile.parse(writer.bytes())
  }

  /// The character that stands for a byte: printable Latin-1 for itself, the rest from U+0100 on.
  private static func character(_ byte: UInt8) -> String {
    func isPrintable(_ byte: UInt8) -> Bool { (0x21...0x7E).contains(byte) || byte >= 0xA1 && byte != 0xAD }
    let earlier = (0..<byte).filter { !isPrintable($0) }.count
    let value = isPrintable(byte) ? UInt32(byte) : 0x100 + UInt32(earlier)
    return Unicode.Scalar(value).map { String(Character($0)) } ?? ""
  }
}

extension Tokenizer {
  /// The text of each token of a text.
  func pieces(_ text: String, parsesSpecial: Bool = false) throws -> [String] {
    try encode(text, addsSpecial: false, parsesSpecial: parsesSpecial).map {
      String(decoding: bytes(of: $0, showsSpecial: true) ?? [], as: UTF8.self)
    }
  }
}
