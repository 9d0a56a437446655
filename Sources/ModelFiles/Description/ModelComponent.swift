/// A part of a model that engines load, and place in memory, for itself.
package struct ModelComponent: Hashable, Sendable, Codable {
  /// What a part does.
  package enum Role: String, Sendable, Codable, CaseIterable {
    case languageModel
    case visionEncoder
    case audioEncoder
    /// Turns what an encoder says into embeddings of the language model; in GGUF files the encoder is in it.
    case projector
    case adapter
    /// Proposes further tokens (multi-token prediction, or a draft model).
    case draft
  }

  package var role: Role
  /// The file that holds it alone; nil when it lies among the others.
  package var path: String?
  package var parameterCount: Int?
  /// The bytes of its tensors, or of its file when that is all that is known.
  package var bytes: Int

  package init(role: Role, path: String? = nil, parameterCount: Int? = nil, bytes: Int) {
    self.role = role
    self.path = path
    self.parameterCount = parameterCount
    self.bytes = bytes
  }
}
