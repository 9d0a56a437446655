/// The numbers from which the tensors of a model follow; names are those of GGUF where it has one.
package struct ModelShape: Hashable, Sendable {
  /// The architecture as GGUF files name it, such as `llama`.
  package var architecture: String
  package var name: String
  package var layers: Int
  package var hiddenSize: Int
  /// The inner width of the dense feed-forward network: one number, or one for each layer.
  package var feedForwardSizes: [Int]
  /// Query heads.
  package var heads: Int
  package var kvHeads: Int
  /// The values of one key head.
  package var keyLength: Int
  /// The values of one value head.
  package var valueLength: Int
  package var vocabularySize: Int
  package var contextTokens: Int
  /// Whether the output layer uses the token embedding.
  package var tiesEmbeddings: Bool
  package var ropeBase: Double = 10_000
  /// The leading values of a head that are rotated; all when nil.
  package var ropeDimensions: Int?
  /// Whether the file carries the frequency factors of Llama 3 or, as two tensors, of LongRoPE.
  package var ropeFactors: RopeFactors = .none
  package var normEpsilon: Double = 1e-5

  package var experts: Int?
  package var expertsUsed: Int?
  package var expertFeedForwardSize: Int?
  /// The inner width of all shared experts together.
  package var sharedExpertFeedForwardSize: Int?
  package var sharedExperts: Int?
  /// Layers at the start that have a dense feed-forward network instead of experts.
  package var leadingDenseLayers = 0

  package var slidingWindow: Int?
  /// Which layers have the window, when the architecture does not fix it; empty otherwise.
  package var windowLayers: [Bool] = []
  /// The head length of layers with a window, where it differs.
  package var windowKeyLength: Int?
  /// The layers at the end that use the cache of earlier ones.
  package var sharedCacheLayers = 0

  /// Which layers attend, in a model of which the others are recurrent or convolutions; empty when all attend.
  package var attentionLayers: [Bool] = []
  package var recurrence: Recurrence?
  package var latent: Latent?
  package var perLayer: PerLayer?

  /// How positions are stretched by tensors in the file.
  package enum RopeFactors: String, Hashable, Sendable {
    case none
    /// `rope_freqs.weight`.
    case frequencies
    /// `rope_factors_long.weight` and `rope_factors_short.weight`.
    case longAndShort
  }

  /// The layers that keep a state of fixed size.
  package struct Recurrence: Hashable, Sendable {
    package var convolutionKernel: Int
    /// The width inside; 0 for short convolutions, which have the model's.
    package var innerSize = 0
    package var stateSize = 0
    /// Heads of the recurrence.
    package var heads = 0
    package var groups = 0

    package init(convolutionKernel: Int) { self.convolutionKernel = convolutionKernel }
  }

  /// Keys and values in one compressed vector (multi-head latent attention).
  package struct Latent: Hashable, Sendable {
    /// The width of compressed queries; nil when they are not compressed.
    package var queryRank: Int?
    package var keyValueRank: Int
    /// The values of a head that are rotated, kept beside the compressed vector.
    package var ropeLength: Int

    package init(queryRank: Int?, keyValueRank: Int, ropeLength: Int) {
      self.queryRank = queryRank
      self.keyValueRank = keyValueRank
      self.ropeLength = ropeLength
    }
  }

  /// Embeddings of their own for each layer (Gemma 3n and 4).
  package struct PerLayer: Hashable, Sendable {
    /// The width of one layer's embedding.
    package var width: Int
    package var vocabularySize: Int

    package init(width: Int, vocabularySize: Int) {
      self.width = width
      self.vocabularySize = vocabularySize
    }
  }

  package init(
    architecture: String, name: String, layers: Int, hiddenSize: Int, feedForwardSize: Int, heads: Int, kvHeads: Int,
    headSize: Int, vocabularySize: Int, contextTokens: Int, tiesEmbeddings: Bool
  ) {
    self.architecture = architecture
    self.name = name
    self.layers = layers
    self.hiddenSize = hiddenSize
    feedForwardSizes = [feedForwardSize]
    self.heads = heads
    self.kvHeads = kvHeads
    keyLength = headSize
    valueLength = headSize
    self.vocabularySize = vocabularySize
    self.contextTokens = contextTokens
    self.tiesEmbeddings = tiesEmbeddings
  }

  /// The inner width of layer `index`.
  package func feedForwardSize(_ index: Int) -> Int {
    feedForwardSizes.indices.contains(index) ? feedForwardSizes[index] : feedForwardSizes.last ?? 0
  }

  /// Whether layer `index` attends.
  package func attends(_ index: Int) -> Bool {
    attentionLayers.isEmpty || (attentionLayers.indices.contains(index) && attentionLayers[index])
  }

  /// Whether layer `index` has the sliding window, where `windowLayers` says so.
  package func isWindowed(_ index: Int) -> Bool { windowLayers.indices.contains(index) && windowLayers[index] }
}
