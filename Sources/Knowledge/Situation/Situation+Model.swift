extension Situation {
  /// The model that is, or would be, run.
  package struct Model: Codable, Sendable, Hashable {
    /// A catalogue name, or the name that the file gives itself.
    package var name: String?
    /// The Hugging Face repository, `owner/name`.
    package var repository: String?
    package var path: String?
    /// The architecture as its file format spells it: `llama`, `qwen3`, `LlamaForCausalLM`, ...
    package var architecture: String?
    package var kind: ModelKind?
    /// What the model takes in.
    package var modalities: [Modality]?
    package var parameterCount: Int?
    /// Parameters read for one token; less than `parameterCount` in a mixture of experts.
    package var activeParameterCount: Int?
    /// The bytes of the weights as stored.
    package var weightBytes: Int?
    /// The weights read for one token, in bytes.
    package var activeWeightBytes: Int?
    /// The format of the file: `gguf`, `safetensors`, `onnx`, `openvino`, `mlx`, ...
    package var fileFormat: String?
    /// The numeric format: `Q4_K_M`, `int4`, ...
    package var quantization: String?
    package var hasImportanceMatrix: Bool?
    /// The longest context that the model was made for, in tokens.
    package var contextLength: Int?
    package var layerCount: Int?
    package var hiddenSize: Int?
    package var feedForwardSize: Int?
    package var vocabularySize: Int?
    package var attentionHeadCount: Int?
    package var keyValueHeadCount: Int?
    package var headSize: Int?
    package var expertCount: Int?
    package var tiesEmbeddings: Bool?
    /// Key-value cache that each token of context adds, at 16 bits a value, in bytes.
    package var keyValueBytesPerToken: Int?
    /// Key-value cache and state that does not grow with the context, at 16 bits a value, in bytes.
    package var keyValueFixedBytes: Int?

    package init() {}
  }

  package enum ModelKind: String, Codable, Sendable, CaseIterable {
    case denseLanguageModel, mixtureOfExperts, hybridLanguageModel, perLayerEmbedding, encoder, encoderDecoder
    case visionNetwork, speechRecognition, speechSynthesis, imageGeneration, other

    /// Whether tokens are generated one after another from a text decoder.
    package var isLanguageModel: Bool {
      switch self {
      case .denseLanguageModel, .mixtureOfExperts, .hybridLanguageModel, .perLayerEmbedding: true
      default: false
      }
    }
  }

  package enum Modality: String, Codable, Sendable, CaseIterable {
    case text, image, audio, video
  }
}
