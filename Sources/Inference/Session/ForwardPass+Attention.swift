import Kernels

extension ForwardPass {
  /// Queries, keys and values of all tokens, in one loop.
  func project(_ weights: AttentionWeights, norm: [Float]?, adding: BlockResult?) throws(Cancelled) {
    let input = ProductInput(
      tokens: count, columns: shape.hiddenSize, floats: scratch.input, scratch: scratch.quantized,
      for: [weights.query, weights.key, weights.value])
    try normalize(0..<count, adding: adding, norm: norm, into: input)
    try multiply([
      Product(weights.query, input, out: scratch.projected, outStride: shape.querySize),
      Product(weights.key, input, out: scratch.keys, outStride: shape.kvSize),
      Product(weights.value, input, out: scratch.values, outStride: shape.kvSize),
    ])
  }

  /// Applies biases and norms, rotates, packs the queries for attention and stores keys and values.
  func rotateAndStore(_ weights: AttentionWeights, layer: Int, attention: Int) throws(Cancelled) {
    let rotation = shape.rotation(of: layer)
    try forTokens(0..<count) { token in
      let query = scratch.projected.part(token * shape.querySize, shape.querySize)
      let key = scratch.keys.part(token * shape.kvSize, shape.kvSize)
      let value = scratch.values.part(token * shape.kvSize, shape.kvSize)
      if let biases = weights.biases {
        add(biases.query, to: query)
        add(biases.key, to: key)
        add(biases.value, to: value)
      }
      check(query, token: token)
      check(key, token: token)
      check(value, token: token)
      if let norms = weights.headNorms {
        normalizeHeads(query, weight: norms.query)
        normalizeHeads(key, weight: norms.key)
      }
      if let rotation {
        rotate(query, heads: shape.heads, token: token, rotation)
        rotate(key, heads: shape.kvHeads, token: token, rotation)
      }
      pack(query, token: token)
      cache.store(
        keys: UnsafeBufferPointer(key), values: UnsafeBufferPointer(value), layer: attention,
        position: position + token, kernels: kernels)
    }
  }

  /// Attention of the `active` tokens over what they see; the result replaces the projected queries.
  func attend(_ call: AttentionCall, _ active: Range<Int>) throws(Cancelled) {
    fillSinks(call)
    let isWhole = !call.isWindowed || position + 1 <= shape.windowTokens ?? 0
    let parts = count == 1 && isWhole ? AttentionSplit(positions: position + 1, kvHeads: shape.kvHeads).parts : 1
    if parts > 1 { return try attendInParts(parts, call) }
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
          attentionRows(call, head: head, begin: begin, count: rowCount),
          to: cache.head(layer: call.attention, head: head),
          into: scratch.projected.part(offset, rowCount * size), outStride: size)
      }
    }
  }

  /// Attention of one token, each head's positions in parts, so that few heads keep all threads busy.
  private func attendInParts(_ parts: Int, _ call: AttentionCall) throws(Cancelled) {
    let size = shape.headSize
    let group = shape.heads / shape.kvHeads
    let split = AttentionSplit(positions: position + 1, kvHeads: shape.kvHeads)
    let half = shape.heads * parts
    try team.forEach(count: shape.kvHeads * parts, cancellation: cancellation) { range, _ in
      for piece in range {
        let (head, part) = (piece / parts, piece % parts)
        kernels.attend(
          attentionRows(call, head: head, begin: 0, count: group),
          to: cache.head(layer: call.attention, head: head),
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
          largest: weights.reading(0, parts), total: weights.reading(parts, parts), sink: call.sinks?[head],
          into: scratch.projected.part(head * size, size))
      }
    }
  }

  /// The rows of one key-value head from `begin` on, in the order of (token, head of the group).
  private func attentionRows(_ call: AttentionCall, head: Int, begin: Int, count rows: Int) -> AttentionRows {
    let size = shape.headSize
    let place = head * count * shape.group + begin
    return AttentionRows(
      queries: scratch.packed.reading(place * size, rows * size), stride: size,
      first: scratch.first.reading((call.isWindowed ? count * shape.group : 0) + begin, rows),
      visible: scratch.visible.reading(begin, rows), scale: call.scale, softCap: call.softCap,
      sinks: call.sinks == nil ? nil : scratch.sinks.reading(place, rows))
  }

  /// Writes the sink of each row's head.
  private func fillSinks(_ call: AttentionCall) {
    guard let sinks = call.sinks else { return }
    for head in 0..<shape.kvHeads {
      for row in 0..<count * shape.group {
        scratch.sinks[head * count * shape.group + row] = sinks[head * shape.group + row % shape.group]
      }
    }
  }

  /// Projects the heads of the `active` tokens back to the stream's width.
  func mixHeads(_ weights: AttentionWeights, _ active: Range<Int>) throws(Cancelled) {
    let input = ProductInput(
      tokens: active.count, columns: shape.querySize, floats: scratch.input, scratch: scratch.quantized,
      for: [weights.output])
    try forTokens(active) { token in
      let row = input.row(token - active.lowerBound)
      let width = shape.querySize / shape.kvHeads
      for head in 0..<shape.kvHeads {
        _ = row.part(head * width, width).update(from: scratch.projected.part((head * count + token) * width, width))
      }
      input.finish(token - active.lowerBound, kernels)
    }
    let out = scratch.delta.part(active.lowerBound * shape.hiddenSize, active.count * shape.hiddenSize)
    try multiply([Product(weights.output, input, out: out, outStride: shape.hiddenSize)])
  }

  /// Two products of a query row with keys and values: under 10 ms at the 2 billion multiply-adds a second of portable code.
  private static let multiplyAddsPerPiece = 8_388_608

  /// Normalizes in parts as long as the weight: a head, or all of a projection.
  private func normalizeHeads(_ heads: UnsafeMutableBufferPointer<Float>, weight: [Float]) {
    for begin in stride(from: 0, to: heads.count, by: weight.count) {
      let head = heads.part(begin, weight.count)
      normalize(UnsafeBufferPointer(head), weight: weight, into: head)
    }
  }

  private func rotate(
    _ heads: UnsafeMutableBufferPointer<Float>, heads headCount: Int, token: Int, _ rotation: LayerRotation
  ) {
    kernels.rope(
      heads, heads: headCount, headSize: shape.headSize,
      cosines: UnsafeBufferPointer(self.rotation(scratch.cosines, rotation.rawValue, token: token)),
      sines: UnsafeBufferPointer(self.rotation(scratch.sines, rotation.rawValue, token: token)),
      order: shape.traits.ropeOrder)
  }

  private func pack(_ query: UnsafeMutableBufferPointer<Float>, token: Int) {
    let width = shape.querySize / shape.kvHeads
    for head in 0..<shape.kvHeads {
      _ = scratch.packed.part((head * count + token) * width, width).update(from: query.part(head * width, width))
    }
  }
}
