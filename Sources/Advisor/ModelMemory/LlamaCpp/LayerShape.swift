/// What one layer computes, as far as llama.cpp's compute buffer depends on it.
struct LayerShape: Hashable, Sendable {
  /// How tokens see each other.
  enum Mixer: Hashable, Sendable {
    case attention(Attention)
    case latent(Latent)
    /// A short convolution with the model's width (LFM2).
    case convolution(kernel: Int)
    /// A state-space layer (Mamba 2).
    case stateSpace(Recurrence)
    /// A gated delta network (Qwen 3.5).
    case delta(Recurrence)
  }

  struct Attention: Hashable, Sendable {
    var heads: Int
    var kvHeads: Int
    var keyLength: Int
    var valueLength: Int
    var isWindowed: Bool
    /// Whether it stores keys and values; otherwise it uses those of an earlier layer.
    var storesCache: Bool
    /// Whether query, key and value come out of one product.
    var isFused: Bool
    var hasBiases: Bool
    var hasHeadNorms: Bool
    var hasOutputBias: Bool
    /// Whether queries are scaled by an operation of its own.
    var scalesQueries: Bool
    var hasSoftCap: Bool
    var isRotated: Bool
    /// Whether the query product also yields a gate of the same size.
    var hasGate = false
    /// Whether values are normalized before they are cached.
    var normalizesValues = false
  }

  struct Latent: Hashable, Sendable {
    var heads: Int
    var queryRank: Int?
    var keyValueRank: Int
    var ropeLength: Int
    /// The values of an unpacked key head.
    var keyLength: Int
    /// The values of an unpacked value head.
    var valueLength: Int
  }

  struct Recurrence: Hashable, Sendable {
    var kernel: Int
    var innerSize: Int
    var stateSize: Int
    var heads: Int
    var groups: Int
  }

  /// What follows the mixer.
  enum FeedForward: Hashable, Sendable {
    case none
    /// Gate and up side by side; in one product when `isFused`; no gate when it has none.
    case dense(width: Int, isFused: Bool, hasGate: Bool)
    case experts(Experts)
  }

  struct Experts: Hashable, Sendable {
    var count: Int
    var used: Int
    var width: Int
    var hasBiases: Bool
    /// Whether the choice is biased by a vector.
    var hasChoiceBias: Bool
    /// Whether the softmax comes after the choice.
    var weighsAfterChoice: Bool
    var normalizesWeights: Bool
    var scalesWeights: Bool
    /// The inner width of the experts that every token uses; 0 for none.
    var sharedWidth: Int
  }

  var mixer: Mixer
  var feedForward: FeedForward
  /// Whether the mixer's input is normalized.
  var hasNormBefore: Bool
  var hasNormAfterMixer: Bool
  var hasNormAfterFeedForward: Bool
  /// Whether the residual is scaled (Granite).
  var scalesResidual: Bool
  /// Whether an embedding of the layer's own is added, and the sum scaled (Gemma 4).
  var addsOwnEmbedding: Bool
}
