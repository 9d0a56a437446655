import Kernels

/// The weights of one layer; the matrices refer to memory that the model owns.
struct LayerWeights {
  var attentionNorm: [Float]
  var query: WeightMatrix
  var key: WeightMatrix
  var value: WeightMatrix
  var attentionOutput: WeightMatrix
  var feedForwardNorm: [Float]
  var gate: WeightMatrix
  var up: WeightMatrix
  var down: WeightMatrix
  /// Biases of query, key and value, in this order; nil when the model has none.
  var biases: (query: [Float], key: [Float], value: [Float])?
  /// Norms of each query and key head; nil when the model has none.
  var headNorms: (query: [Float], key: [Float])?
}
