import ModelFiles

/// The tokens that mean something to the program, by their ids.
package struct SpecialTokens: Sendable, Hashable {
  package let beginning: Int?
  package let end: Int?
  package let unknown: Int?
  /// Whether `beginning` goes before an encoded text.
  package let addsBeginning: Bool
  /// Whether `end` goes after an encoded text.
  package let addsEnd: Bool
  /// The tokens after which a model has nothing more to say: the end of the sequence, and the end of a turn.
  package let endsGeneration: Set<Int>

  init(
    _ metadata: Metadata, _ vocabulary: Vocabulary, _ model: TokenizerModel, _ preTokenizer: PreTokenizer?
  ) throws(TokenizerError) {
    func id(_ name: String) throws(TokenizerError) -> Int? {
      let key = "tokenizer.ggml.\(name)_token_id"
      guard let value = metadata[key] else { return nil }
      // Converters write all ones for "none".
      guard let id = value.integer, id >= 0, id != Int(UInt32.max) else { return nil }
      guard id < vocabulary.count else {
        throw .malformed(key: key, problem: "expected 0 to \(vocabulary.count - 1), found \(id)")
      }
      return id
    }
    // The defaults of llama.cpp's loader, which are those of SentencePiece.
    func known(_ id: Int, for wanted: TokenizerModel) -> Int? {
      model == wanted && id < vocabulary.count && vocabulary.kind(id) != .normal ? id : nil
    }
    beginning = try id("bos") ?? known(1, for: .llama)
    end = try id("eos") ?? known(2, for: .llama) ?? known(1, for: .t5)
    unknown = try id("unknown") ?? known(0, for: .llama) ?? known(2, for: .t5)
    addsBeginning =
      metadata["tokenizer.ggml.add_bos_token"]?.bool ?? (model == .llama || preTokenizer?.addsBeginning == true)
    addsEnd = metadata["tokenizer.ggml.add_eos_token"]?.bool ?? (model == .t5)
    var ends = Set([end, try id("eot"), try id("eom")].compactMap(\.self))
    for text in Self.turnEnds {
      if let id = vocabulary.id(of: text.utf8), vocabulary.kind(id) == .control || vocabulary.kind(id) == .userDefined {
        ends.insert(id)
      }
    }
    endsGeneration = ends
  }

  /// What ends a turn in the chat formats of `ChatTemplateFamily`; files name only one of them.
  private static let turnEnds = [
    "<|eot_id|>", "<|eom_id|>", "<|im_end|>", "<|end|>", "<|return|>", "<|call|>", "<end_of_turn>", "<turn|>",
    "<|endoftext|>", "<|end_of_text|>", "<|eot|>", "<｜end▁of▁sentence｜>", "[|endofturn|]", "<|user|>",
  ]
}
