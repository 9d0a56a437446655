import ModelFiles

/// What llama.cpp's buffers depend on, read from the head of a GGUF file once.
struct LlamaCppShape: Sendable {
  let architecture: String
  let width: Int
  let vocabularySize: Int
  let contextTokens: Int
  let layers: [LayerShape]
  let windowTokens: Int
  /// The value values of one token in the widest layer; the cache is padded to it when values are stored transposed.
  let widestValues: Int
  let scalesEmbeddings: Bool
  let capsLogits: Bool
  /// Whether the compute graph of the architecture is known operation by operation.
  let isGraphKnown: Bool
  /// Positions for each token: 4 for those that count in sections.
  let positionsPerToken: Int
  let hasWindow: Bool
  /// The width of each layer's own embedding; 0 for none.
  let ownEmbeddingWidth: Int
  /// The length of key heads in layers that see everything, and in those with a window; nil when they differ among these.
  let fullLength: Int?
  let windowLength: Int?

  /// The architectures whose graphs are followed.
  static let known: Set<String> = [
    "deepseek2", "gemma2", "gemma3", "gemma4", "gpt-oss", "granite", "granitehybrid", "lfm2", "lfm2moe", "llama",
    "mistral3",
    "olmo2",
    "phi3", "qwen2", "qwen3", "qwen35", "qwen3moe", "smollm3",
  ]

  /// nil when the head does not say enough.
  init?(_ file: GGUFFile) {
    guard let architecture = file.architecture else { return nil }
    let keys = ArchitectureKeys(architecture: architecture, metadata: file.metadata)
    let model = ModelDescription(file)
    let shape = model.hyperparameters
    guard let width = shape.embeddingLength, let vocabulary = shape.vocabularySize,
      let plan = LayerPlan(keys, shape), !plan.layers.isEmpty, width > 0, width < 1 << 24, vocabulary < 1 << 28
    else { return nil }
    self.architecture = architecture
    self.width = width
    vocabularySize = vocabulary
    contextTokens = shape.contextTokens ?? 4096
    windowTokens =
      plan.layers.lazy.compactMap { if case .window(let tokens, _, _) = $0 { tokens } else { nil } }.first ?? 0
    hasWindow = windowTokens > 0
    widestValues =
      plan.layers.map { layer in
        switch layer {
        case .full(_, let values), .window(_, _, let values): values
        case .nothing: 0
        }
      }.max() ?? 0
    scalesEmbeddings = architecture.hasPrefix("gemma") || architecture.hasPrefix("granite")
    capsLogits = architecture == "gemma2" || keys.double("final_logit_softcapping") ?? 0 != 0
    ownEmbeddingWidth = keys.count("embedding_length_per_layer_input") ?? 0
    positionsPerToken = architecture == "qwen35" ? 4 : 1
    let predicting = keys.count("nextn_predict_layers") ?? 0
    let reader = LayerReader(file: file, keys: keys, shape: shape, plan: plan)
    let read = (0..<max(0, plan.layers.count - predicting)).map { reader.layer($0) }
    layers = read.compactMap { $0 }
    fullLength = Self.length(layers, isWindowed: false)
    windowLength = Self.length(layers, isWindowed: true)
    isGraphKnown = Self.known.contains(architecture) && !read.contains { $0 == nil } && !read.isEmpty
  }

  private static func length(_ layers: [LayerShape], isWindowed: Bool) -> Int? {
    var lengths: Set<Int> = []
    for layer in layers {
      if case .attention(let part) = layer.mixer, part.isWindowed == isWindowed, part.storesCache {
        lengths.insert(part.keyLength)
      }
    }
    return lengths.count == 1 ? lengths.first : nil
  }
}
