/// The numbers that define a transformer; nil where the source does not say.
package struct Hyperparameters: Hashable, Sendable, Codable {
  package var blockCount: Int?
  /// The context that the model was trained or extended to.
  package var contextTokens: Int?
  package var embeddingLength: Int?
  /// The inner width of the dense feed-forward network: one number, or one for each layer.
  package var feedForwardLength: [Int]?
  /// The inner width of one expert.
  package var expertFeedForwardLength: Int?
  /// Query heads: one number, or one for each layer.
  package var headCount: [Int]?
  /// Key and value heads: one number, or one for each layer; 0 where a layer does not attend.
  package var headCountKV: [Int]?
  /// The values of one key head.
  package var keyLength: Int?
  /// The values of one value head.
  package var valueLength: Int?
  /// The leading values of a head that are rotated.
  package var ropeDimensionCount: Int?
  package var ropeBase: Double?
  package var ropeScaling: RopeScaling?
  package var rmsEpsilon: Double?
  package var layerNormEpsilon: Double?
  /// How many tokens back a windowed layer sees.
  package var slidingWindowTokens: Int?
  /// Of so many consecutive layers the last sees the whole context; nil when all layers are alike or listed one by one.
  package var slidingWindowPattern: Int?
  package var expertCount: Int?
  package var expertUsedCount: Int?
  /// Experts that every token uses beside those that are chosen.
  package var expertSharedCount: Int?
  /// The inner width of the shared experts together.
  package var expertSharedFeedForwardLength: Int?
  /// The first layers that have a dense feed-forward network instead of experts.
  package var leadingDenseBlockCount: Int?
  /// The values of the compressed vector that multi-head latent attention (MLA) keeps in place of keys and values.
  package var latentRank: Int?
  /// The values of the compressed vector that MLA makes queries from.
  package var latentQueryRank: Int?
  /// The values of a key head of MLA once it is expanded, rotated part included.
  package var latentKeyLength: Int?
  /// The values of a value head of MLA once it is expanded.
  package var latentValueLength: Int?
  /// The last layers that only predict further tokens (multi-token prediction).
  package var predictionLayerCount: Int?
  /// The last layers that use the cache of earlier ones.
  package var sharedCacheLayerCount: Int?
  package var vocabularySize: Int?
  /// Whether the output layer uses the token embedding.
  package var tiedOutput: Bool?

  package init() {}

  /// The query heads of layer `index`, or nil when not known.
  package func headCount(layer index: Int) -> Int? { Self.element(headCount, index) }
  /// The key and value heads of layer `index`, or nil when not known.
  package func headCountKV(layer index: Int) -> Int? { Self.element(headCountKV, index) }
  /// The inner feed-forward width of layer `index`, or nil when not known.
  package func feedForwardLength(layer index: Int) -> Int? { Self.element(feedForwardLength, index) }

  private static func element(_ list: [Int]?, _ index: Int) -> Int? {
    guard let list else { return nil }
    return list.count == 1 ? list[0] : list.indices.contains(index) ? list[index] : nil
  }
}
