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
