/// A group of layers that keep the same amount of state for each token.
package struct CacheLayers: Hashable, Sendable, Codable {
  /// How the state of a layer grows with the context.
  package enum Growth: String, Sendable, Codable {
    /// One entry for each token of the context.
    case full
    /// One entry for each token of the sliding window.
    case window
  }

  package var growth: Growth
  package var layerCount: Int
  /// The tokens of the window; nil for full layers.
  package var windowTokens: Int?
  /// The key values that one layer keeps for one token: heads times head length.
  package var keyValues: Int
  /// The value values that one layer keeps for one token; 0 when keys and values share one compressed vector.
  package var valueValues: Int

  package init(growth: Growth, layerCount: Int, windowTokens: Int? = nil, keyValues: Int, valueValues: Int) {
    self.growth = growth
    self.layerCount = layerCount
    self.windowTokens = windowTokens
    self.keyValues = keyValues
    self.valueValues = valueValues
  }
}
