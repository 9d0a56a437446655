import Knowledge

/// Counts the parameters of an architecture from its shape, where the formula is known.
enum ParameterFormula {
  /// Architectures, by GGUF name, whose tensors follow from the fields of the model list.
  static let known: Set<String> = [
    "gemma2", "gemma3", "gpt-oss", "granite", "lfm2", "llama", "mistral3", "phi3", "qwen2", "qwen3", "qwen3moe",
    "smollm3",
  ]

  /// The parameters of the language model (no vision or audio parts); nil when the formula is not known.
  static func count(_ model: CatalogueModel) -> Int? {
    guard known.contains(model.ggufArchitecture) else { return nil }
    let width = model.hiddenSize
    let embedding = model.vocabularySize * width * (model.tiesEmbeddings ? 1 : 2)
    let attentionLayers = model.layerCount - model.recurrentLayerCount
    return embedding + width + model.layerCount * (norms(model) * width + feedForward(model))
      + attentionLayers * attention(model) + model.recurrentLayerCount * shortConvolution(model)
  }

  private static func norms(_ model: CatalogueModel) -> Int {
    model.ggufArchitecture.hasPrefix("gemma") ? 4 : 2
  }

  private static func attention(_ model: CatalogueModel) -> Int {
    let queries = model.attentionHeadCount * model.headSize
    let keys = model.keyValueHeadCount * model.headSize
    let matrices = model.hiddenSize * (2 * queries + 2 * keys)
    return switch model.ggufArchitecture {
    case "qwen2": matrices + queries + 2 * keys
    case "qwen3", "qwen3moe", "gemma3", "lfm2": matrices + 2 * model.headSize
    // Biases of all four projections, and one sink for each head.
    case "gpt-oss": matrices + queries + 2 * keys + model.hiddenSize + model.attentionHeadCount
    default: matrices
    }
  }

  private static func feedForward(_ model: CatalogueModel) -> Int {
    let width = model.hiddenSize
    guard let experts = model.expertCount, let inner = model.expertFeedForwardSize else {
      return 3 * width * model.feedForwardSize
    }
    let all = experts * 3 * width * inner + experts * width
    // Biases of the gate, up and down matrices of each expert, and of the router.
    return model.ggufArchitecture == "gpt-oss" ? all + experts * (2 * inner + width) + experts : all
  }

  /// The gated short convolution of LFM2: in (3x) and out projections and a kernel of 3.
  private static func shortConvolution(_ model: CatalogueModel) -> Int {
    4 * model.hiddenSize * model.hiddenSize + 3 * model.hiddenSize
  }
}
