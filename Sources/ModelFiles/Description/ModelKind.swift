/// What a model is for; it decides which programs can run it and what memory it needs beside its weights.
package enum ModelKind: String, Sendable, Codable, CaseIterable {
  /// Generates text from text.
  case language
  /// Generates text from text and images.
  case visionLanguage
  /// Generates text from text and sound.
  case audioLanguage
  /// An encoder and a decoder of text, as T5 has.
  case encoderDecoder
  /// Turns text into one vector.
  case embedding
  /// Turns text into one vector per token, a class or a score.
  case encoder
  /// Turns speech into text, or text into speech.
  case speech
  /// Turns images into classes, boxes or vectors.
  case vision
  /// Generates images or videos.
  case imageGeneration
  /// A low-rank change (LoRA) of another model.
  case adapter
  /// The part that turns images or sound into the embeddings of a language model.
  case projector
  /// The source does not say.
  case unknown
}
