extension LlamaCppGraph {
  mutating func attention(_ part: LayerShape.Attention, _ source: Int) -> Int {
    let inputs = part.isWindowed ? window : full
    let querySize = part.heads * part.keyLength
    let keySize = part.kvHeads * part.keyLength
    let valueSize = part.kvHeads * part.valueLength
    var query: Int
    var key: Int
    var value: Int
    var gate: Int?
    if part.isFused {
      let all = graph.product(source, rows: querySize + keySize + valueSize)
      let strides = graph[all].strides
      func split(_ graph: inout ComputeGraph, _ length: Int, _ heads: Int, _ tokens: Int) -> Int {
        graph.view(
          all, SIMD4(length, heads, tokens, 1), strides: SIMD4(4, 4 * length, strides[1], strides[1] * tokens))
      }
      query = split(&graph, part.keyLength, part.heads, tokens)
      key = split(&graph, part.keyLength, part.kvHeads, tokens)
      value = split(&graph, part.valueLength, part.kvHeads, tokens)
    } else if part.hasGate {
      let both = graph.product(source, rows: 2 * querySize)
      let strides = SIMD4(4, 8 * part.keyLength, 8 * querySize, 8 * querySize * tokens)
      query = graph.view(both, SIMD4(part.keyLength, part.heads, tokens, 1), strides: strides)
      gate = graph.view(both, SIMD4(part.keyLength, part.heads, tokens, 1), strides: strides)
      key = heads(graph.product(source, rows: keySize), part.keyLength, part.kvHeads)
      value = heads(graph.product(source, rows: valueSize), part.valueLength, part.kvHeads)
    } else {
      query = projected(source, querySize, hasBias: part.hasBiases, part.keyLength, part.heads)
      key = projected(source, keySize, hasBias: part.hasBiases, part.keyLength, part.kvHeads)
      value = projected(source, valueSize, hasBias: part.hasBiases, part.valueLength, part.kvHeads)
    }
    if part.hasHeadNorms {
      query = norm(query)
      key = norm(key)
    }
    if part.normalizesValues { value = graph.inPlace([value]) }
    if part.isRotated {
      query = graph.inPlace([query, positions])
      key = graph.inPlace([key, positions])
    }
    if part.scalesQueries { query = graph.inPlace([query]) }
    if let rotation = inputs.keyRotation {
      query = rotated(query, rotation)
      key = rotated(key, rotation)
    }
    if let rotation = inputs.valueRotation { value = rotated(value, rotation) }
    graph.expand(query)
    if part.storesCache {
      graph.expand(shape.hasWindow ? key : value)
      graph.expand(shape.hasWindow ? value : key)
      store(key, value, part, inputs)
    }
    var current = attend(
      query, inputs, heads: part.heads, kvHeads: part.kvHeads, keyLength: part.keyLength, valueLength: part.valueLength,
      hasSoftCap: part.hasSoftCap, unpackedLength: nil)
    if let rotation = inputs.valueRotation { current = rotated(current, rotation) }
    if let gate {
      let flat = graph.contiguous(gate, SIMD4(querySize, tokens, 1, 1))
      current = graph.inPlace([current, graph.inPlace([flat])])
    }
    current = graph.product(current, rows: width)
    return part.hasOutputBias ? graph.inPlace([current]) : current
  }

  private mutating func projected(_ source: Int, _ size: Int, hasBias: Bool, _ length: Int, _ count: Int) -> Int {
    let product = graph.product(source, rows: size)
    return heads(hasBias ? graph.inPlace([product]) : product, length, count)
  }

  mutating func heads(_ source: Int, _ length: Int, _ count: Int) -> Int {
    graph.view(source, SIMD4(length, count, tokens, 1))
  }

  /// Each stretch of a head multiplied with a small orthogonal matrix.
  private mutating func rotated(_ source: Int, _ rotation: Int) -> Int {
    let sizes = graph[source].sizes
    let length = graph[rotation].sizes[0]
    let flat = graph.view(source, SIMD4(length, sizes.wrappingProduct / length, 1, 1))
    let product = graph.operation(graph[flat].sizes, [rotation, flat])
    return graph.view(product, sizes)
  }

  private mutating func store(_ key: Int, _ value: Int, _ part: LayerShape.Attention, _ inputs: AttentionInputs) {
    let keys = graph.view(key, SIMD4(part.kvHeads * part.keyLength, tokens, 1, 1))
    graph.expand(graph.store([keys, inputs.keyRows]))
    let size = part.kvHeads * part.valueLength
    guard !settings.usesFlashAttention else {
      return graph.expand(graph.store([graph.view(value, SIMD4(size, tokens, 1, 1)), inputs.valueRows]))
    }
    var values =
      part.isFused
      ? graph.contiguous(value, SIMD4(size, tokens, 1, 1)) : graph.view(value, SIMD4(size, tokens, 1, 1))
    if size < shape.widestValues { values = graph.operation(SIMD4(shape.widestValues, tokens, 1, 1), [values]) }
    graph.expand(
      graph.store([graph.view(values, SIMD4(1, max(size, shape.widestValues) * tokens, 1, 1)), inputs.valueRows]))
  }

  /// Scores, softmax and the weighted sum of values, in one operation or in several.
  mutating func attend(
    _ query: Int, _ inputs: AttentionInputs, heads: Int, kvHeads: Int, keyLength: Int, valueLength: Int,
    hasSoftCap: Bool, unpackedLength: Int?
  ) -> Int {
    let perStream = tokens / streams
    let strides = graph[query].strides
    var moved = graph.view(
      query, SIMD4(keyLength, heads, perStream, streams),
      strides: SIMD4(strides[0], strides[1], strides[2], strides[2] * perStream))
    moved = graph.permute(moved, SIMD4(0, 2, 1, 3))
    let values = (unpackedLength ?? valueLength) * heads
    var current: Int
    if settings.usesFlashAttention {
      var sources = [moved, inputs.mask]
      // Caches in f32 are turned into f16 first.
      if settings.keyFormat == .f32 {
        sources.append(graph.operation(SIMD4(keyLength, inputs.cells, kvHeads, streams), valueBytes: 2, []))
      }
      if unpackedLength == nil ? settings.valueFormat == .f32 : settings.keyFormat == .f32 {
        sources.append(graph.operation(SIMD4(valueLength, inputs.cells, kvHeads, streams), valueBytes: 2, []))
      }
      current = graph.operation(SIMD4(valueLength, heads, perStream, streams), sources)
      if let length = unpackedLength {
        current = graph.permute(current, SIMD4(0, 2, 1, 3))
        current = graph.operation(SIMD4(length, perStream, heads, streams), [current])
        current = graph.permute(current, SIMD4(0, 2, 1, 3))
        current = graph.contiguous(current)
      }
      current = graph.view(current, SIMD4(values, tokens, 1, 1))
    } else {
      var scores = graph.operation(SIMD4(inputs.cells, perStream, heads, streams), [moved])
      if hasSoftCap { for _ in 0..<3 { scores = graph.inPlace([scores]) } }
      scores = graph.inPlace([scores, inputs.mask])
      if let length = unpackedLength {
        // The values are a part of the keys there, and lie the other way round.
        let turned = graph.operation(
          SIMD4(inputs.cells, valueLength, 1, streams), valueBytes: settings.keyFormat == .f32 ? 4 : 2, [])
        current = graph.operation(SIMD4(valueLength, perStream, heads, streams), [turned, scores])
        current = graph.operation(SIMD4(length, perStream, heads, streams), [current])
      } else {
        current = graph.operation(SIMD4(valueLength, perStream, heads, streams), [scores])
      }
      current = graph.contiguous(graph.permute(current, SIMD4(0, 2, 1, 3)), SIMD4(values, tokens, 1, 1))
    }
    graph.expand(current)
    return current
  }

  mutating func latentAttention(_ part: LayerShape.Latent, _ source: Int) -> Int {
    let plain = part.keyLength - part.ropeLength
    let stored = part.keyValueRank + part.ropeLength
    var query: Int
    if let rank = part.queryRank {
      query = graph.product(norm(graph.product(source, rows: rank)), rows: part.heads * part.keyLength)
    } else {
      query = graph.product(source, rows: part.heads * part.keyLength)
    }
    query = heads(query, part.keyLength, part.heads)
    let strides = graph[query].strides
    let packed = graph.product(source, rows: stored)
    var compressed = graph.view(packed, SIMD4(part.keyValueRank, tokens, 1, 1), strides: graph[packed].strides)
    let rowStride = 4 * stored
    var keyRope = graph.view(
      packed, SIMD4(part.ropeLength, 1, tokens, 1), strides: SIMD4(4, rowStride, rowStride, rowStride * tokens))
    keyRope = graph.inPlace([keyRope, positions])
    compressed = norm(compressed)
    let queryPlain = graph.permute(
      graph.view(query, SIMD4(plain, part.heads, tokens, 1), strides: strides), SIMD4(0, 2, 1, 3))
    let queryRope = graph.inPlace([
      graph.view(query, SIMD4(part.ropeLength, part.heads, tokens, 1), strides: strides), positions,
    ])
    let absorbed = graph.permute(
      graph.operation(SIMD4(part.keyValueRank, tokens, part.heads, 1), [queryPlain]), SIMD4(0, 2, 1, 3))
    let queries = graph.operation(SIMD4(stored, part.heads, tokens, 1), [absorbed, queryRope])
    compressed = graph.view(compressed, SIMD4(part.keyValueRank, 1, tokens, 1))
    let keys = graph.operation(SIMD4(stored, 1, tokens, 1), [compressed, keyRope])
    graph.expand(queries)
    graph.expand(compressed)
    graph.expand(keys)
    graph.expand(graph.store([graph.view(keys, SIMD4(stored, tokens, 1, 1)), full.keyRows]))
    let current = attend(
      queries, full, heads: part.heads, kvHeads: 1, keyLength: stored, valueLength: part.keyValueRank,
      hasSoftCap: false,
      unpackedLength: part.valueLength)
    return graph.product(current, rows: width)
  }
}
