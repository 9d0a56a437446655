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
  let frequencies: RopeFrequencies
  /// The tokens of this batch, at `position` and after.
  let tokens: ArraySlice<Int>
  let position: Int
  let cancellation: Cancellation?

  var shape: TransformerShape { model.shape }
  var count: Int { tokens.count }

  /// Extends the cache by the batch and writes the logits of its last token to `logits`; nil when nobody needs them.
  func run(logits: UnsafeMutableBufferPointer<Float>?) throws(Cancelled) {
    try embed()
    for (index, layer) in model.layers.enumerated() {
      try project(layer, adding: index > 0)
      try rotateAndStore(layer, index)
      // In the last layer only the token whose logits are wanted goes on after its keys and values are stored.
      let isLast = index == model.layers.count - 1
      if isLast && logits == nil { return }
      let active = isLast ? count - 1..<count : 0..<count
      try attend(layer: index, active)
      try mixHeads(layer, active)
      try feedForward(layer, active)
    }
    guard let logits else { return }
    try predict(into: logits)
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
    let pieces = products.reduce(0) { $0 + $1.split.pieces }
    try team.forEach(count: pieces, cancellation: cancellation) { range, _ in
      for index in range {
        var piece = index
        for product in products {
          if piece < product.split.pieces {
            product.run(piece: piece, kernels)
            break
          }
          piece -= product.split.pieces
        }
      }
    }
  }

  /// Adds the last block's result to the stream of `active` tokens, if `adding`, and writes the norm to `input`.
  func normalize(
    _ active: Range<Int>, adding: Bool, weight: [Float], into input: ProductInput
  ) throws(Cancelled) {
    let size = shape.hiddenSize
    try forTokens(active) { token in
      let stream = scratch.stream.part(token * size, size)
      if adding { kernels.add(scratch.delta.reading(token * size, size), to: stream) }
      let row = token - active.lowerBound
      weight.withUnsafeBufferPointer {
        kernels.rmsNorm(UnsafeBufferPointer(stream), weight: $0, epsilon: shape.rmsEpsilon, into: input.row(row))
      }
      input.finish(row, kernels)
    }
  }

  private func embed() throws(Cancelled) {
    let size = shape.hiddenSize
    let pairs = shape.ropeDimensions / 2
    let group = shape.heads / shape.kvHeads
    try forTokens(0..<count) { index in
      let row = model.embedding.row(tokens[tokens.startIndex + index])
      kernels.dequantizeRow(
        row, format: model.embedding.format, columns: size, into: scratch.stream.part(index * size, size))
      frequencies.fill(
        position: position + index, cosines: scratch.cosines.part(index * pairs, pairs),
        sines: scratch.sines.part(index * pairs, pairs))
      for head in 0..<group {
        scratch.first[index * group + head] = 0
        scratch.visible[index * group + head] = UInt32(position + index + 1)
      }
    }
  }

  private func feedForward(_ layer: LayerWeights, _ active: Range<Int>) throws(Cancelled) {
    let width = shape.intermediateSize
    let input = ProductInput(
      tokens: active.count, columns: shape.hiddenSize, floats: scratch.input, scratch: scratch.quantized,
      for: [layer.gate, layer.up])
    try normalize(active, adding: true, weight: layer.feedForwardNorm, into: input)
    let hidden = ProductInput(
      tokens: active.count, columns: width, floats: scratch.gate, scratch: scratch.quantized, for: [layer.down])
    let gate = Product(layer.gate, input, out: scratch.gate, outStride: hidden.stride)
    let up = Product(layer.up, input, out: scratch.up, outStride: hidden.stride)
    try team.forEach(count: gate.split.pieces, cancellation: cancellation) { range, _ in
      for piece in range {
        gate.run(piece: piece, kernels)
        up.run(piece: piece, kernels)
        let rows = gate.split.rows(of: piece)
        for token in gate.split.tokens(of: piece) {
          let begin = token * hidden.stride + rows.lowerBound
          kernels.siluMultiply(
            gate: scratch.gate.reading(begin, rows.count), up: scratch.up.reading(begin, rows.count),
            into: scratch.gate.part(begin, rows.count))
        }
      }
    }
    if hidden.quantized != nil { try forTokens(0..<active.count) { hidden.finish($0, kernels) } }
    let out = scratch.delta.part(active.lowerBound * shape.hiddenSize, active.count * shape.hiddenSize)
    try multiply([Product(layer.down, hidden, out: out, outStride: shape.hiddenSize)])
  }

  private func predict(into logits: UnsafeMutableBufferPointer<Float>) throws(Cancelled) {
    let input = ProductInput(
      tokens: 1, columns: shape.hiddenSize, floats: scratch.input, scratch: scratch.quantized, for: [model.output])
    try normalize(count - 1..<count, adding: true, weight: model.outputNorm, into: input)
    try multiply([Product(model.output, input, out: logits, outStride: shape.vocabularySize)])
  }
}
