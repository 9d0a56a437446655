package import JSON

extension Schema {
  /// What a tokenizer is.
  package static let tokenizerSummary: Schema = .named(
    "TokenizerSummary",
    .record(
      "What the tokenizer of a model is.",
      [
        .required("model", .string, "The algorithm as the file names it, such as gpt2."),
        .optional("preTokenizer", .string, "The rules that cut text into words, such as llama-bpe."),
        .required("vocabularySize", .integer(1...), "The tokens of the vocabulary."),
        .required("addsBeginning", .boolean, "Whether a token for the beginning goes before a text."),
        .required("addsEnd", .boolean, "Whether a token for the end goes after a text."),
      ]))

  /// Token ids in order.
  package static let tokenIDs: Schema = .array(.integer(0...((1 << 31) - 1)), count: 0...(1 << 22))
}
