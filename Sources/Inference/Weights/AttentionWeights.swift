import Kernels

/// The weights of a layer's attention.
struct AttentionWeights {
  let query: WeightMatrix
  let key: WeightMatrix
  let value: WeightMatrix
  let output: WeightMatrix
  /// Biases of query, key and value; nil when the model has none.
  let biases: (query: [Float], key: [Float], value: [Float])?
  /// Norms of queries and keys, of a head or of all together; nil when the architecture has none.
  let headNorms: (query: [Float], key: [Float])?
  /// A logit for each head that takes part in the softmax without a value; nil when the architecture has none.
  let sinks: [Float]?

  init(_ source: inout some WeightSource, layer: Int, shape: TransformerShape) throws(InferenceError) {
    let prefix = "blk.\(layer)."
    query = try source.matrix(.query, layer: layer)
    key = try source.matrix(.key, layer: layer)
    value = try source.matrix(.value, layer: layer)
    output = try source.matrix(.attentionOutput, layer: layer)
    if shape.biases.contains(.projection) {
      biases = (
        try source.vector(prefix + "attn_q.bias", count: shape.querySize),
        try source.vector(prefix + "attn_k.bias", count: shape.kvSize),
        try source.vector(prefix + "attn_v.bias", count: shape.kvSize)
      )
    } else {
      biases = nil
    }
    let sizes: (query: Int, key: Int)? =
      switch shape.traits.headNorm {
      case .none: nil
      case .perHead: (shape.headSize, shape.headSize)
      case .wholeProjection: (shape.querySize, shape.kvSize)
      }
    if let sizes {
      headNorms = (
        try source.vector(prefix + "attn_q_norm.weight", count: sizes.query),
        try source.vector(prefix + "attn_k_norm.weight", count: sizes.key)
      )
    } else {
      headNorms = nil
    }
    sinks = shape.traits.hasSinks ? try source.vector(prefix + "attn_sinks.weight", count: shape.heads) : nil
  }
}
