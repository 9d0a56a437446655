/// What a catalogue knows about a model's shape, enough to make synthetic weights of it.
package struct ModelDimensions: Hashable, Sendable {
  /// The GGUF architecture name, supported or not.
  package var architecture: String
  package var layers: Int
  package var hiddenSize: Int
  package var intermediateSize: Int
  package var heads: Int
  package var kvHeads: Int
  package var headSize: Int
  package var vocabularySize: Int
  package var contextTokens: Int
  package var tiedOutput: Bool
  package var ropeBase: Double = 10_000
  /// Mixture of experts: how many experts each token uses, and the width of one; nil for dense models.
  package var expertsPerToken: Int?
  /// Experts of each layer; nil for dense models.
  package var expertCount: Int?
  package var expertIntermediateSize: Int?
  package var sharedExpertIntermediateSize: Int?
  /// How many tokens back layers with a window see; nil when none has one.
  package var windowTokens: Int?
  /// Layers with attention of any kind; the rest are recurrent or convolutional; nil when all have it.
  package var attentionLayers: Int?
  /// Parameters that one token uses: the active ones of a mixture, else all; nil when the catalogue has no figure.
  package var parametersPerToken: Double?

  package init(
    architecture: String, layers: Int, hiddenSize: Int, intermediateSize: Int, heads: Int, kvHeads: Int, headSize: Int,
    vocabularySize: Int, contextTokens: Int, tiedOutput: Bool
  ) {
    self.architecture = architecture
    self.layers = layers
    self.hiddenSize = hiddenSize
    self.intermediateSize = intermediateSize
    self.heads = heads
    self.kvHeads = kvHeads
    self.headSize = headSize
    self.vocabularySize = vocabularySize
    self.contextTokens = contextTokens
    self.tiedOutput = tiedOutput
  }
}
