import Kernels

/// The passage of one batch of tokens through the layers.
///
/// Every phase is one loop of the thread team at most: projections, attention, attention output, gate with up, down.
/// Results do not depend on the number of threads.
struct ForwardPass {
  let model: Model
  let kernels: KernelSet
  let team: ThreadTeam
  let cache: KeyValueCache
  let scratch: Scratch
  /// The rotations of the layers, in the order of `LayerRotation`.
  let frequencies: [RopeFrequencies]
  /// The tokens of this batch, at `position` and after.
  let tokens: ArraySlice<Int>
  let position: Int
  /// Which half of the convolutions' memory has the inputs before this batch; the other gets those after it.
  let convolutionHalf: Int
  let cancellation: Cancellation?

  var shape: TransformerShape { model.shape }
  var count: Int { tokens.count }

  /// Extends the cache by the batch and writes the logits of its last token to `logits`; nil when nobody needs them.
  func run(logits: UnsafeMutableBufferPointer<Float>?) throws(Cancelled) {
    try embed()
    var pending: BlockResult?
    var (attentions, convolutions) = (0, 0)
    for (index, layer) in model.layers.enumerated() {
      // In the last layer only the token whose logits are wanted goes on after what later tokens need is stored.
      let isLast = index == model.layers.count - 1
      let active = isLast ? count - 1..<count : 0..<count
      switch layer.mixer {
      case .attention(let weights):
        try project(weights, norm: layer.mixerNorm, adding: pending)
        try rotateAndStore(weights, layer: index, attention: attentions)
        if isLast && logits == nil { return }
        try attend(AttentionCall(shape, layer: index, attention: attentions, sinks: weights.sinks), active)
        try mixHeads(weights, active)
        attentions += 1
      case .convolution(let weights):
        try convolve(weights, index: convolutions, norm: layer.mixerNorm, adding: pending, active)
        if isLast && logits == nil { return }
        convolutions += 1
      }
      switch layer.feedForward {
      case .dense(let weights):
        try feedForward(weights, norm: layer.feedForwardNorm, adding: layer.mixerResult, active)
      case .experts(let weights):
        try mixExperts(weights, norm: layer.feedForwardNorm, adding: layer.mixerResult, active)
      }
      pending = layer.feedForwardResult
    }
    guard let logits else { return }
    try predict(into: logits, adding: pending)
  }

  /// The first token of the batch, counted from 0, that came out with numbers that are not finite; nil when none did.
  func broken(logits: UnsafeMutableBufferPointer<Float>?) -> Int? {
    if let token = scratch.broken.prefix(count).firstIndex(where: { $0 != 0 }) { return token }
    guard let logits, !UnsafeBufferPointer(logits).isAllFinite else { return nil }
    return count - 1
  }

  /// Runs `body` for each token, on the calling thread when it is only one.
  func forTokens(_ tokens: Range<Int>, _ body: (Int) -> Void) throws(Cancelled) {
    if tokens.count == 1 {
      body(tokens.lowerBound)
    } else {
      try team.forEach(count: tokens.count, cancellation: cancellation) { range, _ in
        for offset in range { body(tokens.lowerBound + offset) }
      }
    }
  }

  /// Runs all products of a phase in one loop.
  func multiply(_ products: [Product]) throws(Cancelled) {
    try forPieces(products.map(\.split.pieces)) { products[$0].run(piece: $1, kernels) }
  }

  /// Runs the gated products of a phase in one loop.
  func multiply(_ products: [GatedProduct]) throws(Cancelled) {
    let activation = shape.traits.activation
    try forPieces(products.map(\.gate.split.pieces)) { products[$0].run(piece: $1, activation: activation, kernels) }
  }

  /// Runs `body` for every piece of every part, of which part p has `pieces[p]`.
  private func forPieces(_ pieces: [Int], _ body: (_ part: Int, _ piece: Int) -> Void) throws(Cancelled) {
    let all = pieces.reduce(0, +)
    let chunk = LoopChunk.pieces(of: all, threads: team.threads)
    try team.forEach(count: all, chunk: chunk, cancellation: cancellation) { range, _ in
      for index in range {
        var (part, piece) = (0, index)
        while piece >= pieces[part] {
          piece -= pieces[part]
          part += 1
        }
        body(part, piece)
      }
    }
  }

  /// Adds the last block's result to the stream of `active` tokens, unless `adding` is nil, and writes the stream's norm, or the
  /// stream itself where there is none, to `input`.
  func normalize(
    _ active: Range<Int>, adding: BlockResult?, norm: [Float]?, into input: ProductInput
  ) throws(Cancelled) {
    let size = shape.hiddenSize
    try forTokens(active) { token in
      let stream = scratch.stream.part(token * size, size)
      if let adding { add(adding, scratch.delta.part(token * size, size), to: stream) }
      let row = token - active.lowerBound
      if let norm {
        normalize(UnsafeBufferPointer(stream), weight: norm, into: input.row(row))
      } else {
        _ = input.row(row).update(from: stream)
      }
      input.finish(row, kernels)
    }
  }

  /// Notes that a token has values that are not finite where softmax, clamping or routing could make finite ones of them.
  func check(_ values: UnsafeMutableBufferPointer<Float>, token: Int) {
    if !UnsafeBufferPointer(values).isAllFinite { scratch.broken[token] = 1 }
  }

  /// The norm of `x`, which may be `out`.
  func normalize(_ x: UnsafeBufferPointer<Float>, weight: [Float], into out: UnsafeMutableBufferPointer<Float>) {
    weight.withUnsafeBufferPointer { kernels.rmsNorm(x, weight: $0, epsilon: shape.rmsEpsilon, into: out) }
  }

  func add(_ bias: [Float], to values: UnsafeMutableBufferPointer<Float>) {
    bias.withUnsafeBufferPointer { kernels.add($0, to: values) }
  }

  private func add(
    _ result: BlockResult, _ delta: UnsafeMutableBufferPointer<Float>, to stream: UnsafeMutableBufferPointer<Float>
  ) {
    if let bias = result.bias { add(bias, to: delta) }
    if let norm = result.norm { normalize(UnsafeBufferPointer(delta), weight: norm, into: delta) }
    if shape.residualScale == 1 {
      kernels.add(UnsafeBufferPointer(delta), to: stream)
    } else {
      kernels.add(UnsafeBufferPointer(delta), times: shape.residualScale, to: stream)
    }
  }

  private func embed() throws(Cancelled) {
    let size = shape.hiddenSize
    let group = shape.group
    let window = shape.windowTokens ?? Int.max
    try forTokens(0..<count) { index in
      let stream = scratch.stream.part(index * size, size)
      kernels.dequantizeRow(tokens[tokens.startIndex + index], of: model.embedding, into: stream)
      if shape.embeddingScale != 1 { kernels.scale(stream, by: shape.embeddingScale) }
      for (number, frequencies) in frequencies.enumerated() {
        frequencies.fill(
          position: position + index, cosines: rotation(scratch.cosines, number, token: index),
          sines: rotation(scratch.sines, number, token: index))
      }
      scratch.broken[index] = 0
      let seen = position + index + 1
      for head in 0..<group {
        scratch.visible[index * group + head] = UInt32(seen)
        scratch.first[(count + index) * group + head] = UInt32(max(0, seen - window))
        scratch.first[index * group + head] = 0
      }
    }
  }

  /// The part of the cosines or sines for one rotation and token.
  func rotation(
    _ values: UnsafeMutableBufferPointer<Float>, _ number: Int, token: Int
  ) -> UnsafeMutableBufferPointer<Float> {
    let pairs = shape.ropeDimensions / 2
    return values.part((number * count + token) * pairs, pairs)
  }

  private func predict(
    into logits: UnsafeMutableBufferPointer<Float>, adding: BlockResult?
  ) throws(Cancelled) {
    let input = ProductInput(
      tokens: 1, columns: shape.hiddenSize, floats: scratch.input, scratch: scratch.quantized, for: [model.output])
    try normalize(count - 1..<count, adding: adding, norm: model.outputNorm, into: input)
    try multiply([Product(model.output, input, out: logits, outStride: shape.vocabularySize)])
    if shape.logitDivisor != 1 { kernels.scale(logits, by: 1 / shape.logitDivisor) }
    if shape.logitSoftCap > 0 { kernels.softCap(logits, cap: shape.logitSoftCap) }
  }
}
