/// Token ids to decode with the tokenizer of a model.
package struct DecodeRequest: Codable, Sendable, Hashable {
  package var model: String
  package var tokens: [[Int]]
  /// Whether control tokens appear by their names; false when nil.
  package var showSpecial: Bool?
}
