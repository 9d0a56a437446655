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
    /// Turns the words that an image is made from into vectors.
    case textEncoder
    /// Makes an image out of noise, step by step: a U-Net or a transformer.
    case denoiser
    /// Turns images into the small form that they are made in, and back.
    case autoencoder
    /// Looks for images that are not to be shown.
    case safetyChecker
    case other
  }

  package var role: Role
  /// The file that holds it alone; nil when it lies among the others.
  package var path: String?
  package var parameterCount: Int?
  /// The bytes of its tensors, or of its file when that is all that is known.
  package var bytes: Int
  /// What its model calls it, such as `text_encoder_2`; nil where the role says all.
  package var name: String?
  /// The class that loads it; nil when the model does not say.
  package var modelClass: String?
  /// Its tensors by format, most bytes first; empty where only the whole model's are told.
  package var formats: [FormatSummary] = []

  package init(
    role: Role, path: String? = nil, parameterCount: Int? = nil, bytes: Int, name: String? = nil,
    modelClass: String? = nil, formats: [FormatSummary] = []
  ) {
    self.name = name
    self.modelClass = modelClass
    self.formats = formats
    self.role = role
    self.path = path
    self.parameterCount = parameterCount
    self.bytes = bytes
  }
}
