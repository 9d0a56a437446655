/// Why a tokenizer could not be made or used; the description says what to do.
package enum TokenizerError: Error, Hashable, Sendable {
  /// The file has no vocabulary, or names none.
  case noTokenizer
  /// The file's `tokenizer.ggml.model` is not one that is read here.
  case unsupportedModel(String)
  /// The file's `tokenizer.ggml.pre` is not one of `PreTokenizer.names`.
  case unknownPreTokenizer(String)
  /// A value of the tokenizer's metadata is missing or contradicts the others.
  case malformed(key: String, problem: String)
  /// The vocabulary has neither a token for a byte of the text nor an unknown token.
  case unencodable(byte: UInt8)
  /// The text has more bytes than are read at once.
  case textTooLong(bytes: Int, limitBytes: Int)
  /// A token id outside the vocabulary.
  case tokenOutOfRange(token: Int, vocabularySize: Int)
}

extension TokenizerError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noTokenizer:
      "the file has no tokenizer (no tokenizer.ggml.model and tokenizer.ggml.tokens); give token ids instead of text, or "
        + "convert the model again with its tokenizer files beside it"
    case .unsupportedModel(let name):
      "the tokenizer \"\(name.prefix(100))\" (tokenizer.ggml.model) is not supported; supported are "
        + "\(TokenizerModel.names.joined(separator: ", ")); give token ids instead of text"
    case .unknownPreTokenizer(let name):
      "the pre-tokenizer \"\(name.prefix(100))\" (tokenizer.ggml.pre) is not known; known are "
        + "\(PreTokenizer.names.joined(separator: ", ")); give token ids instead of text"
    case .malformed(let key, let problem):
      "\(key): \(problem); convert the model again"
    case .unencodable(let byte):
      "the vocabulary has no token for the byte 0x\(byte < 16 ? "0" : "")\(String(byte, radix: 16)) of the text and no "
        + "unknown token; give token ids instead of text"
    case .textTooLong(let bytes, let limitBytes):
      "the text has \(bytes) bytes; expected at most \(limitBytes); split it"
    case .tokenOutOfRange(let token, let vocabularySize):
      "token \(token) is outside the vocabulary, expected 0 to \(vocabularySize - 1)"
    }
  }
}
