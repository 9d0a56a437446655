package import Kernels

/// The dimensions of a Llama-family transformer: all that its forward pass needs besides the weights.
package struct TransformerShape: Hashable, Sendable {
  /// The GGUF architecture whose tensor layout and rotation order apply; one of `SupportedArchitecture.all`.
  package var architecture: String
  package var layers: Int
  package var hiddenSize: Int
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
  package var ropeOrder: RotaryOrder = .interleaved
  package var rmsEpsilon: Float = 1e-5
  /// Whether the embedding table is also the output matrix.
  package var tiedOutput: Bool
  /// Whether the query, key and value projections have biases.
  package var hasProjectionBias = false
  /// Whether each query and key head is normalized before it is rotated.
  package var hasHeadNorm = false

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
    self.ropeDimensions = headSize
    self.tiedOutput = tiedOutput
    if let supported = SupportedArchitecture.named(architecture) {
      ropeOrder = supported.ropeOrder
      hasProjectionBias = supported.hasProjectionBias
      hasHeadNorm = supported.hasHeadNorm
    }
  }

  /// Columns of the attention output matrix: `heads * headSize`.
  package var querySize: Int { heads * headSize }
  /// Rows of the key (and of the value) matrix: `kvHeads * headSize`.
  package var kvSize: Int { kvHeads * headSize }
  /// Bytes that one token adds to an F16 KV cache: keys and values of all layers.
  package var kvBytesPerToken: Int { layers * 2 * kvSize * 2 }

  /// Throws when a dimension is absurd, so that every later product of dimensions fits in an `Int`.
  package func validate() throws(InferenceError) {
    try Self.require("layers", layers, in: 1...1024)
    try Self.require("hidden size", hiddenSize, in: 1...(1 << 17))
    try Self.require("intermediate size", intermediateSize, in: 1...(1 << 20))
    try Self.require("attention heads", heads, in: 1...4096)
    try Self.require("key and value heads", kvHeads, in: 1...heads)
    try Self.require("head size", headSize, in: 8...KernelSet.attentionHeadSizeMaximum)
    guard headSize.isMultiple(of: 8) else {
      throw .badHyperparameter(name: "head size", expected: "a multiple of 8", found: "\(headSize)")
    }
    try Self.require("vocabulary size", vocabularySize, in: 1...(1 << 24))
    try Self.require("context", contextTokens, in: 1...(1 << 28))
    try Self.require("rotated dimensions", ropeDimensions, in: 2...headSize)
    guard heads.isMultiple(of: kvHeads) else {
      throw .badHyperparameter(
        name: "key and value heads", expected: "a divisor of the \(heads) attention heads", found: "\(kvHeads)")
    }
    guard ropeDimensions.isMultiple(of: 2) else {
      throw .badHyperparameter(name: "rotated dimensions", expected: "an even number", found: "\(ropeDimensions)")
    }
    guard ropeBase.isFinite, ropeBase > 1 else {
      throw .badHyperparameter(name: "rope base", expected: "a finite number above 1", found: "\(ropeBase)")
    }
    guard rmsEpsilon.isFinite, rmsEpsilon >= 0, rmsEpsilon < 1 else {
      throw .badHyperparameter(name: "RMS epsilon", expected: "a number from 0 to 1", found: "\(rmsEpsilon)")
    }
    try ropeScaling.validate(pairs: ropeDimensions / 2)
  }

  private static func require(
    _ name: String, _ value: Int, in range: ClosedRange<Int>
  ) throws(InferenceError) {
    guard range.contains(value) else {
      throw .badHyperparameter(
        name: name, expected: "\(range.lowerBound) to \(range.upperBound)", found: "\(value)")
    }
  }
}
