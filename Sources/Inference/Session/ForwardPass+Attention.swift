import Kernels

extension ForwardPass {
  /// Queries, keys and values of all tokens, in one loop.
  func project(_ layer: LayerWeights, adding: Bool) throws(Cancelled) {
    let input = ProductInput(
      tokens: count, columns: shape.hiddenSize, floats: scratch.input, scratch: scratch.quantized,
      for: [layer.query, layer.key, layer.value])
    try normalize(0..<count, adding: adding, weight: layer.attentionNorm, into: input)
    try multiply([
      Product(layer.query, input, out: scratch.projected, outStride: shape.querySize),
      Product(layer.key, input, out: scratch.keys, outStride: shape.kvSize),
      Product(layer.value, input, out: scratch.values, outStride: shape.kvSize),
    ])
  }

  /// Applies biases and head norms, rotates, packs the queries for attention and stores keys and values.
  func rotateAndStore(_ layer: LayerWeights, _ index: Int) throws(Cancelled) {
    try forTokens(0..<count) { token in
      let query = scratch.projected.part(token * shape.querySize, shape.querySize)
      let key = scratch.keys.part(token * shape.kvSize, shape.kvSize)
      let value = scratch.values.part(token * shape.kvSize, shape.kvSize)
      if let biases = layer.biases {
        biases.query.withUnsafeBufferPointer { kernels.add($0, to: query) }
        biases.key.withUnsafeBufferPointer { kernels.add($0, to: key) }
        biases.value.withUnsafeBufferPointer { kernels.add($0, to: value) }
      }
      if let norms = layer.headNorms {
        normalizeHeads(query, weight: norms.query)
        normalizeHeads(key, weight: norms.key)
      }
      rotate(query, heads: shape.heads, token: token)
      rotate(key, heads: shape.kvHeads, token: token)
      pack(query, token: token)
      cache.store(
        keys: UnsafeBufferPointer(key), values: UnsafeBufferPointer(value), layer: index, position: position + token,
        kernels: kernels)
    }
  }

  /// Attention of the `active` tokens over what they see; the result replaces the projected queries.
  func attend(layer: Int, _ active: Range<Int>) throws(Cancelled) {
    let parts = count == 1 ? AttentionSplit(positions: position + 1, kvHeads: shape.kvHeads).parts : 1
    if parts > 1 { return try attendInParts(parts, layer: layer) }
    let size = shape.headSize
    let group = shape.heads / shape.kvHeads
    let rows = active.lowerBound * group..<active.upperBound * group
    // A piece takes a few milliseconds at most; its rows share the work of widening keys and values.
    let rowsPerPiece = max(16, Self.multiplyAddsPerPiece / (2 * size * (position + count)) / 16 * 16)
    let piecesPerHead = (rows.count + rowsPerPiece - 1) / rowsPerPiece
    try team.forEach(count: shape.kvHeads * piecesPerHead, cancellation: cancellation) { range, _ in
      for piece in range {
        let head = piece / piecesPerHead
        let begin = rows.lowerBound + piece % piecesPerHead * rowsPerPiece
        let rowCount = min(rowsPerPiece, rows.upperBound - begin)
        let offset = (head * count * group + begin) * size
        kernels.attend(
          attentionRows(head: head, begin: begin, count: rowCount), to: cache.head(layer: layer, head: head),
          into: scratch.projected.part(offset, rowCount * size), outStride: size)
      }
    }
  }

  /// Attention of one token, each head's positions in parts, so that few heads keep all threads busy.
  private func attendInParts(_ parts: Int, layer: Int) throws(Cancelled) {
    let size = shape.headSize
    let group = shape.heads / shape.kvHeads
    let split = AttentionSplit(positions: position + 1, kvHeads: shape.kvHeads)
    let half = shape.heads * parts
    try team.forEach(count: shape.kvHeads * parts, cancellation: cancellation) { range, _ in
      for piece in range {
        let (head, part) = (piece / parts, piece % parts)
        kernels.attend(
          attentionRows(head: head, begin: 0, count: group), to: cache.head(layer: layer, head: head),
          positions: split.positions(of: part),
          into: scratch.parts.part((head * group * parts + part) * size, ((group - 1) * parts + 1) * size),
          outStride: parts * size, largest: scratch.partWeights.part(piece * group, group),
          total: scratch.partWeights.part(half + piece * group, group))
      }
    }
    for head in 0..<shape.heads {
      let (first, row) = (head / group * parts, head % group)
      withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * parts) { weights in
        for part in 0..<parts {
          weights[part] = scratch.partWeights[(first + part) * group + row]
          weights[parts + part] = scratch.partWeights[half + (first + part) * group + row]
        }
        kernels.joinAttention(
          sums: scratch.parts.reading(head * parts * size, parts * size), stride: size,
          largest: weights.reading(0, parts), total: weights.reading(parts, parts), sink: nil,
          into: scratch.projected.part(head * size, size))
      }
    }
  }

  /// The rows of one key-value head from `begin` on, in the order of (token, head of the group).
  private func attentionRows(head: Int, begin: Int, count rows: Int) -> AttentionRows {
    let size = shape.headSize
    let group = shape.heads / shape.kvHeads
    return AttentionRows(
      queries: scratch.packed.reading((head * count * group + begin) * size, rows * size), stride: size,
      first: scratch.first.reading(begin, rows), visible: scratch.visible.reading(begin, rows),
      scale: 1 / Float(size).squareRoot())
  }

  /// Projects the heads of the `active` tokens back to the stream's width.
  func mixHeads(_ layer: LayerWeights, _ active: Range<Int>) throws(Cancelled) {
    let input = ProductInput(
      tokens: active.count, columns: shape.querySize, floats: scratch.input, scratch: scratch.quantized,
      for: [layer.attentionOutput])
    try forTokens(active) { token in
      let row = input.row(token - active.lowerBound)
      let width = shape.querySize / shape.kvHeads
      for head in 0..<shape.kvHeads {
        _ = row.part(head * width, width).update(from: scratch.projected.part((head * count + token) * width, width))
      }
      input.finish(token - active.lowerBound, kernels)
    }
    let out = scratch.delta.part(active.lowerBound * shape.hiddenSize, active.count * shape.hiddenSize)
    try multiply([Product(layer.attentionOutput, input, out: out, outStride: shape.hiddenSize)])
  }

  /// Two products of a query row with keys and values: under 10 ms at the 2 billion multiply-adds a second of portable code.
  private static let multiplyAddsPerPiece = 8_388_608

  private func normalizeHeads(_ heads: UnsafeMutableBufferPointer<Float>, weight: [Float]) {
    for begin in stride(from: 0, to: heads.count, by: shape.headSize) {
      let head = heads.part(begin, shape.headSize)
      weight.withUnsafeBufferPointer {
        kernels.rmsNorm(UnsafeBufferPointer(head), weight: $0, epsilon: shape.rmsEpsilon, into: head)
      }
    }
  }

  private func rotate(_ heads: UnsafeMutableBufferPointer<Float>, heads headCount: Int, token: Int) {
    let pairs = shape.ropeDimensions / 2
    kernels.rope(
      heads, heads: headCount, headSize: shape.headSize, cosines: scratch.cosines.reading(token * pairs, pairs),
      sines: scratch.sines.reading(token * pairs, pairs), order: shape.ropeOrder)
  }

  private func pack(_ query: UnsafeMutableBufferPointer<Float>, token: Int) {
    let width = shape.querySize / shape.kvHeads
    for head in 0..<shape.kvHeads {
      _ = scratch.packed.part((head * count + token) * width, width).update(from: query.part(head * width, width))
    }
  }
}
