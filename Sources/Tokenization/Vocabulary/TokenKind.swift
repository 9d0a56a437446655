/// The values of `tokenizer.ggml.token_type`, from llama.cpp's `llama_token_type`.
package enum TokenKind: UInt8, Sendable, CaseIterable {
  case normal = 1
  case unknown = 2
  /// Never part of a text, such as the beginning of a sequence; matched only when special tokens are parsed.
  case control = 3
  /// Matched as a whole before anything else is done to the text.
  case userDefined = 4
  case unused = 5
  /// One byte that no other token has, as `<0x0A>`.
  case byte = 6
}
