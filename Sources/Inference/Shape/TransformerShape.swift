/// The dimensions of a transformer: with its architecture, all that its forward pass needs besides the weights.
package struct TransformerShape: Hashable, Sendable {
  /// The GGUF architecture, whose tensors and operations apply; one of `SupportedArchitecture.all`.
  package var architecture: String { traits.name }
  /// What the architecture fixes.
  let traits: SupportedArchitecture
  package var layers: Int
  package var hiddenSize: Int
  /// The width of dense feed-forward blocks; of no meaning when there are experts.
  package var intermediateSize: Int
  package var heads: Int
  /// Key and value heads; equal to `heads` for multi-head attention, a divisor of it for grouped-query attention.
  package var kvHeads: Int
  /// Values per head; `heads * headSize` may differ from `hiddenSize`.
  package var headSize: Int
  package var vocabularySize: Int
  /// The longest context that the model was made for, in tokens.
  package var contextTokens: Int
  package var ropeBase: Double = 10_000
  /// The leading values of each head that are rotated; even, at most `headSize`.
  package var ropeDimensions: Int
  package var ropeScaling: RopeScaling = .none
  /// The base in layers with a window when the file states one.
  package var windowRopeBase: Double?
  package var rmsEpsilon: Float = 1e-5
  /// Whether the embedding table is also the output matrix.
  package var tiedOutput: Bool
  /// The biases that the model has.
  package var biases: Set<BiasPlace>
  /// The experts of the feed-forward blocks; nil for dense ones.
  package var experts: ExpertShape?
  /// How many tokens back layers with a window see, their own included; nil when no layer has one.
  package var windowTokens: Int?
  /// Whether each layer has the window, where the file lists them; empty for the architecture's rule.
  package var windowedLayers: [Bool] = []
  /// Of so many consecutive layers the last sees everything, where the file says so instead of the architecture.
  package var windowPeriod: Int
  /// What embeddings are multiplied with.
  package var embeddingScale: Float
  /// What the result of each block is multiplied with.
  package var residualScale: Float = 1
  /// What attention scores are multiplied with.
  package var attentionScale: Float
  /// What logits are divided by.
  package var logitDivisor: Float = 1
  /// Attention scores are `cap * tanh(score / cap)`; 0 for no cap.
  package var attentionSoftCap: Float
  /// Logits are `cap * tanh(logit / cap)`; 0 for no cap.
  package var logitSoftCap: Float
  /// The layers that are short convolutions instead of attention, by number; empty when all attend.
  package var convolutionLayers: Set<Int> = []
  /// Tokens that a convolution sees, its own included.
  package var convolutionTokens = 3

  /// Takes the dimensions that every model has; the rest is as the architecture has it.
  ///
  /// An architecture that is not supported counts as `llama`.
  package init(
    architecture: String, layers: Int, hiddenSize: Int, intermediateSize: Int, heads: Int, kvHeads: Int, headSize: Int,
    vocabularySize: Int, contextTokens: Int, tiedOutput: Bool
  ) {
    let traits = SupportedArchitecture.named(architecture) ?? Llama.architecture
    self.traits = traits
    self.layers = layers
    self.hiddenSize = hiddenSize
    self.intermediateSize = intermediateSize
    self.heads = heads
    self.kvHeads = kvHeads
    self.headSize = headSize
    self.vocabularySize = vocabularySize
    self.contextTokens = contextTokens
    self.ropeDimensions = headSize
    self.tiedOutput = tiedOutput
    biases = traits.biases
    windowPeriod = traits.windowPeriod
    embeddingScale = traits.scalesEmbeddings ? Float(hiddenSize).squareRoot() : 1
    let scaled = layers == traits.hiddenShareLayers ? hiddenSize / max(1, heads) : headSize
    attentionScale = 1 / Float(max(1, scaled)).squareRoot()
    attentionSoftCap = traits.attentionSoftCap
    logitSoftCap = traits.logitSoftCap
  }

  /// Columns of the attention output matrix: `heads * headSize`.
  package var querySize: Int { heads * headSize }
  /// Rows of the key (and of the value) matrix: `kvHeads * headSize`.
  package var kvSize: Int { kvHeads * headSize }
  /// Layers that attend, and so have keys and values to keep.
  package var attentionLayers: Int { layers - convolutionLayers.count }
  /// Query heads that share a key and value head.
  var group: Int { heads / kvHeads }
}
