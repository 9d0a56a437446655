/// A LoRA adapter: a low-rank change of some matrices of another model.
package struct AdapterDescription: Hashable, Sendable, Codable {
  /// `lora`, or what the file says.
  package var type: String
  /// The inner width of the two factors.
  package var rank: Int?
  /// The change is scaled by alpha over rank.
  package var alpha: Double?
  /// The model that it changes, as the file names it.
  package var baseModel: String?
  /// The kinds of matrices that it changes, such as `q_proj`, sorted.
  package var targets: [String] = []

  package init(type: String) { self.type = type }
}
