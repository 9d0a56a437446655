package import Inference
package import Kernels
package import Tokenization

/// A text to be continued by a model on this machine.
package struct GenerationRequest: Codable, Sendable, Hashable {
  /// The path of a GGUF file, or a name of the catalogue, for which weights are made up and only `tokens` can be given.
  package var model: String
  /// The prompt as text; exactly one of `prompt`, `tokens` and `messages` is given.
  package var prompt: String?
  /// The prompt as token ids, which nothing is added to.
  package var tokens: [Int]?
  /// The prompt as a conversation, which the model's chat format is put around.
  package var messages: [ChatMessage]?
  /// The file type of the made-up weights of a catalogue model.
  package var quantization: String?
  package var maxTokens: Int?
  /// Kernel threads; nil takes the physical cores that this process may use.
  package var threads: Int?
  /// The positions of the KV cache; nil takes as many as prompt and answer need, as far as the model goes.
  package var contextTokens: Int?
  /// How the KV cache stores numbers; nil takes F16.
  package var cacheFormat: CellFormat?
  /// The most tokens of the prompt that pass through the layers at once.
  package var batchTokens: Int?
  /// Where the weights of a file lie; nil copies them when there is memory for it.
  ///
  /// Refused for a catalogue model.
  package var weights: WeightPlacement?
  /// 0 takes the most likely token, always.
  package var temperature: Double?
  package var topK: Int?
  package var topP: Double?
  package var minP: Double?
  package var seed: Int?
  /// Texts that end the answer, and are not part of it.
  package var stop: [String]?
  /// Whether the prompt gets the tokens for beginning and end as the file says; true when nil.
  package var addSpecial: Bool?
  /// Whether control tokens that are spelled out in the prompt are taken for what they name; false when nil.
  package var parseSpecial: Bool?

  package init(model: String) { self.model = model }

  package static let defaultMaxTokens = 128
  package static let defaultBatchTokens = Session.defaultBatchTokens
}
