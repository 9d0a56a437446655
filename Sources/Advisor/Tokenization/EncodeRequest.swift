/// Texts to encode with the tokenizer of a model.
package struct EncodeRequest: Codable, Sendable, Hashable {
  package var model: String
  package var texts: [String]
  /// Whether the tokens for beginning and end are added where the file says so; true when nil.
  package var addSpecial: Bool?
  /// Whether control tokens that are spelled out in a text are taken for what they name; false when nil.
  package var parseSpecial: Bool?
  /// Whether the answer shows each token as the vocabulary has it.
  package var showPieces: Bool?
}
