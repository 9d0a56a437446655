/// What is known about a model, from a file or from the model list: the value that every question works with.
package struct ModelDescription: Hashable, Sendable, Codable {
  /// Where the description comes from.
  package enum Origin: String, Sendable, Codable {
    /// A model file; sizes are exact.
    case file
    /// The embedded model list; there are no tensors, so sizes depend on the format that is chosen.
    case catalogue
  }

  /// The name that people use.
  package var name: String
  package var origin: Origin
  /// The path of the file, or the citation of the list.
  package var source: String
  /// The format of the files; nil for the model list.
  package var fileFormat: FileFormat?
  /// How the files lie on disk; nil for the model list.
  package var storage: ModelStorage?
  /// The architecture as GGUF files name it, such as `llama`; as its own configuration does where GGUF has no name.
  package var architecture: String?
  /// The class of `architectures` in `config.json`, such as `LlamaForCausalLM`; nil for other files.
  package var modelClass: String?
  /// The `model_type` of `config.json`, such as `llama`; nil for other files.
  package var modelType: String?
  /// Whose conventions a folder follows; nil for single files.
  package var layout: ModelLayout?
  /// The family as people name it, such as `Qwen 3`; nil when not known.
  package var family: String?
  package var kind: ModelKind = .unknown
  /// What the model takes in, as far as known.
  package var modalities: [Modality] = []
  /// All values of all tensors; nil when not known.
  package var parameterCount: Int?
  /// The parameters that one token uses, less than `parameterCount` for a mixture of experts; nil when not known.
  package var activeParameterCount: Int?
  /// How `parameterCount` was found, as a sentence.
  package var parameterSource: String
  /// The size of the file or files; nil for the model list.
  package var fileBytes: Int?
  /// The bytes of the tensors alone; nil for the model list.
  package var weightBytes: Int?
  /// The bytes of the token embedding when it is no more than a table to look rows up in; nil for the model list.
  package var lookupOnlyBytes: Int?
  /// The tensors by format, most bytes first; empty for the model list.
  package var formats: [FormatSummary] = []
  /// The matrices by the length of their rows, most parameters first, at most 64 lengths; empty for the model list.
  package var matrixWidths: [MatrixWidth] = []
  /// The format that holds the most parameters.
  package var dominantFormat: String?
  /// The mixture that the file says it is, such as `Q4_K_M`.
  package var fileType: String?
  /// The number of files of a split model; nil for the model list.
  package var fileCount: Int?
  package var hyperparameters: Hyperparameters
  /// nil when the source does not say enough.
  package var attention: AttentionKind?
  /// Whether some layers see only a window of the context.
  package var usesSlidingWindow: Bool = false
  /// Whether some layers keep a state of fixed size instead of a cache.
  package var hasRecurrentLayers: Bool = false
  package var isMixtureOfExperts: Bool = false
  /// The layers that cache keys and values; empty when none does, nil when the source does not say enough.
  package var cacheLayers: [CacheLayers]?
  /// The fixed state of the recurrent layers for one sequence; nil when there are some but their sizes are not known.
  package var recurrentStateBytes: Int? = 0
  package var tokenizer: TokenizerDescription?
  /// How the weights were quantized, when a configuration says so.
  package var quantization: QuantizationScheme?
  /// The parts that engines load for themselves; empty for a language model alone.
  package var components: [ModelComponent] = []
  /// The operators of the graph; nil for formats that hold tensors alone.
  package var graph: GraphDescription?
  /// What kind of change of another model this is; nil for whole models.
  package var adapter: AdapterDescription?
  /// The license as the model names it, such as `apache-2.0`; nil when it does not say.
  package var license: String?
  /// What is missing or unusual, as sentences.
  package var notes: [String] = []

  package init(
    name: String, origin: Origin, source: String, architecture: String?, parameterCount: Int?, parameterSource: String,
    hyperparameters: Hyperparameters
  ) {
    self.name = name
    self.origin = origin
    self.source = source
    self.architecture = architecture
    self.parameterCount = parameterCount
    self.parameterSource = parameterSource
    self.hyperparameters = hyperparameters
  }
}
