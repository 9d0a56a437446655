/// The weights of one layer; the matrices refer to memory that the model owns.
struct LayerWeights {
  /// Before attention or convolution; nil when the architecture has no norm there.
  let mixerNorm: [Float]?
  let mixer: MixerWeights
  /// What happens to the mixer's result before it is added to the stream.
  let mixerResult: BlockResult
  let feedForwardNorm: [Float]?
  let feedForward: FeedForwardWeights
  let feedForwardResult: BlockResult

  /// Takes all that a layer of `shape` has from `source`.
  init(_ source: inout some WeightSource, layer: Int, shape: TransformerShape) throws(InferenceError) {
    let prefix = "blk.\(layer)."
    let norms = shape.traits.norms
    let hidden = shape.hiddenSize
    mixerNorm = norms.isBefore ? try source.vector(prefix + "attn_norm.weight", count: hidden) : nil
    switch shape.mixer(of: layer) {
    case .attention: mixer = .attention(try AttentionWeights(&source, layer: layer, shape: shape))
    case .convolution: mixer = .convolution(try ConvolutionWeights(&source, layer: layer, shape: shape))
    }
    mixerResult = BlockResult(
      bias: shape.biases.contains(.attentionOutput)
        ? try source.vector(prefix + "attn_output.bias", count: hidden) : nil,
      norm: norms.isAfter ? try source.vector(prefix + "post_attention_norm.weight", count: hidden) : nil)
    feedForwardNorm =
      norms.isBefore
      ? try source.vector(prefix + shape.traits.feedForwardNormName + ".weight", count: hidden) : nil
    if shape.experts != nil {
      feedForward = .experts(try ExpertWeights(&source, layer: layer, shape: shape))
    } else {
      feedForward = .dense(try DenseWeights(&source, layer: layer, shape: shape))
    }
    feedForwardResult = BlockResult(
      bias: shape.biases.contains(.feedForward) && shape.experts == nil
        ? try source.vector(prefix + "ffn_down.bias", count: hidden) : nil,
      norm: norms.isAfter ? try source.vector(prefix + "post_ffw_norm.weight", count: hidden) : nil)
  }
}

/// What mixes the tokens of a layer.
enum MixerWeights {
  case attention(AttentionWeights)
  case convolution(ConvolutionWeights)
}

/// What a layer does with each token alone.
enum FeedForwardWeights {
  case dense(DenseWeights)
  case experts(ExpertWeights)
}

/// What happens to a block's result before it is added to the stream.
struct BlockResult {
  let bias: [Float]?
  let norm: [Float]?
}
