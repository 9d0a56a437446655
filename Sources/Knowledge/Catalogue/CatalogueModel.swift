/// A well-known model: its exact shape, and what follows from it for memory.
package struct CatalogueModel: FactRecord, Hashable {
  package static let file = FactFile("models")
  package static let catalogue = Catalogue(reading: CatalogueModel.self)

  package let id: String
  /// The Hugging Face repository, `owner/name`.
  package let repository: String
  package let family: String
  /// `dense-llm`, `moe-llm`, `hybrid-llm` or `ple-llm` (per-layer embeddings).
  package let kind: String
  package let modalities: [Situation.Modality]
  /// The class name in `config.json`.
  package let architecture: String
  package let ggufArchitecture: String
  package let mlxModelType: String
  package let license: String
  package let layerCount: Int
  package let hiddenSize: Int
  package let feedForwardSize: Int
  package let attentionHeadCount: Int
  package let keyValueHeadCount: Int
  package let headSize: Int
  package let vocabularySize: Int
  /// The longest context that the model was made for, in tokens.
  package let contextLength: Int
  package let tiesEmbeddings: Bool
  package let ropeBase: Double
  package let expertCount: Int?
  package let expertsPerToken: Int?
  package let expertFeedForwardSize: Int?
  package let sharedExpertFeedForwardSize: Int?
  /// Tokens that a sliding-window layer looks back.
  package let slidingWindow: Int?
  package let fullAttentionLayerCount: Int
  package let slidingLayerCount: Int
  /// Recurrent or convolution layers: their state does not grow with the context.
  package let recurrentLayerCount: Int
  /// The head size of full-attention layers where it differs from the sliding ones'.
  package let globalHeadSize: Int?
  package let parametersInBillions: Double
  package let activeParametersInBillions: Double?
  /// `verified`, `partly verified` or `general knowledge`.
  package let shapeStatus: String
  package let parametersStatus: String
  package let licenseStatus: String
  package let notes: String
  package let source: String
  /// Key-value cache for each token of context, at 16 bits a value, in bytes.
  package let keyValueBytesPerTokenF16: Int
  /// Sliding windows' full cache and other state, at 16 bits a value, in bytes.
  package let keyValueFixedBytesF16: Int
  /// Computed from the shape alone; nil where the shape's fields do not determine it.
  package let parametersFromShapeInBillions: Double?

  package var otherNames: [String] {
    [repository, repository.split(separator: "/").last.map(String.init) ?? repository]
  }

  /// Every weight, embeddings included.
  package var parameterCount: Int { Int((parametersInBillions * 1e9).rounded()) }
  /// The weights that one token reads.
  package var activeParameterCount: Int {
    activeParametersInBillions.map { Int(($0 * 1e9).rounded()) } ?? parameterCount
  }

  private enum CodingKeys: String, CodingKey {
    case id, family, kind, modalities, architecture, license, notes, source
    case repository = "hf_repo"
    case ggufArchitecture = "gguf_arch"
    case mlxModelType = "mlx_model_type"
    case layerCount = "num_layers"
    case hiddenSize = "hidden_size"
    case feedForwardSize = "intermediate_size"
    case attentionHeadCount = "num_attention_heads"
    case keyValueHeadCount = "num_key_value_heads"
    case headSize = "head_dim"
    case vocabularySize = "vocab_size"
    case contextLength = "context_length"
    case tiesEmbeddings = "tie_word_embeddings"
    case ropeBase = "rope_theta"
    case expertCount = "num_experts"
    case expertsPerToken = "experts_per_token"
    case expertFeedForwardSize = "moe_intermediate_size"
    case sharedExpertFeedForwardSize = "shared_expert_intermediate_size"
    case slidingWindow = "sliding_window"
    case fullAttentionLayerCount = "kv_full_attention_layers"
    case slidingLayerCount = "kv_sliding_layers"
    case recurrentLayerCount = "recurrent_or_conv_layers"
    case globalHeadSize = "global_head_dim"
    case parametersInBillions = "params_b"
    case activeParametersInBillions = "active_params_b"
    case shapeStatus = "shape_status"
    case parametersStatus = "params_status"
    case licenseStatus = "license_status"
    case keyValueBytesPerTokenF16 = "kv_bytes_per_token_f16"
    case keyValueFixedBytesF16 = "kv_fixed_bytes_f16"
    case parametersFromShapeInBillions = "params_from_shape_b"
  }
}
