/// The algorithms that `tokenizer.ggml.model` names.
package enum TokenizerModel: String, Sendable, CaseIterable {
  /// SentencePiece byte-pair encoding: merges by the score of the merged piece.
  case llama
  /// SentencePiece unigram: the segmentation with the largest sum of scores.
  case t5
  /// Byte-level byte-pair encoding: merges by their place in a list.
  case gpt2
  /// The pieces of SentencePiece with a list of merges, as Gemma 4 has them.
  case gemma4

  /// The names in files, for messages.
  package static let names = allCases.map(\.rawValue)

  /// Whether pieces write a space as U+2581 and have byte tokens of the form `<0x0A>`.
  var escapesSpaces: Bool { self != .gpt2 }
}
