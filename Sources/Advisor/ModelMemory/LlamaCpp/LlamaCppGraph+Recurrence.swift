extension LlamaCppGraph {
  private var sequences: Int { max(1, settings.sequences) }
  private var perSequence: Int { tokens / sequences }

  /// The state of each sequence, copied out of the cache.
  private mutating func state(_ values: Int) -> Int {
    let rows = graph.operation(SIMD4(values, sequences, 1, 1), [graph.view(stateCopy, SIMD4(sequences, 1, 1, 1))])
    graph.expand(rows)
    // States of sequences that are not in the step would be copied too; in a full step there are none.
    let others = graph.operation(SIMD4(values, 0, 1, 1), [graph.view(stateCopy, SIMD4(0, 1, 1, 1))])
    graph.expand(graph.store([others]))
    return rows
  }

  /// The last columns of `source` go back into the cache.
  private mutating func keep(_ source: Int, columns: Int) {
    let sizes = graph[source].sizes
    let last = graph.view(source, SIMD4(columns, sizes[1], sizes[2], 1), strides: graph[source].strides)
    graph.expand(graph.store([last]))
  }

  /// Three projections, of which two are multiplied, seen through a short kernel, and multiplied with the third.
  mutating func shortConvolution(kernel: Int, _ source: Int) -> Int {
    let input = graph.view(source, SIMD4(width, perSequence, sequences, 1))
    let all = graph.product(input, rows: 3 * width)
    let sizes = SIMD4(width, perSequence, sequences, 1)
    let strides = graph[all].strides
    let first = graph.view(all, sizes, strides: strides)
    let second = graph.view(all, sizes, strides: strides)
    let third = graph.view(all, sizes, strides: strides)
    let mixed = graph.permute(graph.operation(sizes, [first, third]), SIMD4(1, 0, 2, 3))
    let before = graph.view(state(width * (kernel - 1)), SIMD4(kernel - 1, width, sequences, 1))
    let joined = graph.operation(SIMD4(kernel - 1 + perSequence, width, sequences, 1), [before, mixed])
    keep(joined, columns: kernel - 1)
    let convolved = graph.operation(sizes, [joined])
    let result = graph.product(graph.inPlace([second, convolved]), rows: width)
    return graph.view(result, SIMD4(width, tokens, 1, 1))
  }

  mutating func stateSpace(_ part: LayerShape.Recurrence, _ source: Int) -> Int {
    let mixed = part.innerSize + 2 * part.groups * part.stateSize
    let headSize = part.innerSize / part.heads
    let before = graph.view(
      state((part.kernel - 1) * mixed), SIMD4(part.kernel - 1, mixed, sequences, 1))
    let product = graph.product(source, rows: part.innerSize + mixed + part.heads)
    let all = graph.view(product, SIMD4(part.innerSize + mixed + part.heads, perSequence, sequences, 1))
    let strides = graph[all].strides
    let inner = SIMD4(headSize, part.heads, perSequence, sequences)
    let gate = graph.view(all, inner, strides: SIMD4(4, 4 * headSize, strides[1], strides[2]))
    let mix = graph.view(all, SIMD4(mixed, perSequence, sequences, 1), strides: strides)
    var step = graph.view(all, SIMD4(part.heads, perSequence, sequences, 1), strides: strides)
    let joined = graph.operation(
      SIMD4(part.kernel - 1 + perSequence, mixed, sequences, 1), [before, graph.permute(mix, SIMD4(1, 0, 2, 3))])
    keep(joined, columns: part.kernel - 1)
    var convolved = graph.operation(SIMD4(mixed, perSequence, sequences, 1), [joined])
    convolved = graph.inPlace([graph.inPlace([convolved])])
    let row = graph[convolved].strides
    let values = graph.view(convolved, inner, strides: SIMD4(4, 4 * headSize, row[1], row[2]))
    let grouped = SIMD4(part.stateSize, part.groups, perSequence, sequences)
    let groupStrides = SIMD4(4, 4 * part.stateSize, row[1], row[2])
    let keys = graph.view(convolved, grouped, strides: groupStrides)
    let queries = graph.view(convolved, grouped, strides: groupStrides)
    step = graph.inPlace([graph.contiguous(step)])
    let scanned = graph.operation(
      SIMD4(tokens * part.innerSize + part.stateSize * part.innerSize * sequences, 1, 1, 1),
      [values, step, keys, queries, graph.view(stateCopy, SIMD4(sequences, 1, 1, 1))])
    graph.expand(scanned)
    graph.expand(graph.store([graph.view(scanned, SIMD4(part.stateSize * part.innerSize, sequences, 1, 1))]))
    let result = graph.view(scanned, inner)
    let scaled = graph.operation(inner, [values])
    let summed = graph.inPlace([result, scaled])
    var output = graph.operation(inner, [graph.contiguous(gate), summed])
    output = graph.view(output, SIMD4(part.innerSize / part.groups, part.groups, perSequence, sequences))
    output = graph.view(norm(output), SIMD4(part.innerSize, tokens, 1, 1))
    return graph.product(output, rows: width)
  }

  /// A gated delta network, whose step over all tokens is one operation.
  mutating func deltaNetwork(_ part: LayerShape.Recurrence, _ source: Int) -> Int {
    let headSize = part.innerSize / part.heads
    let mixed = part.innerSize + 2 * part.groups * part.stateSize
    let mix = graph.permute(
      graph.view(graph.product(source, rows: mixed), SIMD4(mixed, perSequence, sequences, 1)), SIMD4(1, 0, 2, 3))
    let gate = graph.product(source, rows: part.innerSize)
    let perHead = SIMD4(1, part.heads, perSequence, sequences)
    let strength = graph.inPlace([graph.view(graph.product(source, rows: part.heads), perHead)])
    var decay = graph.view(graph.product(source, rows: part.heads), SIMD4(part.heads, perSequence, sequences, 1))
    for _ in 0..<3 { decay = graph.inPlace([decay]) }
    decay = graph.view(decay, perHead)
    let before = graph.view(state((part.kernel - 1) * mixed), SIMD4(part.kernel - 1, mixed, sequences, 1))
    let joined = graph.operation(SIMD4(part.kernel - 1 + perSequence, mixed, sequences, 1), [before, mix])
    keep(joined, columns: part.kernel - 1)
    let stateRows = state(headSize * part.innerSize)
    let recurrent = graph.view(stateRows, SIMD4(headSize, headSize, part.heads, sequences))
    let convolved = graph.inPlace([graph.operation(SIMD4(mixed, perSequence, sequences, 1), [joined])])
    let row = graph[convolved].strides
    func split(_ graph: inout ComputeGraph, _ length: Int, _ heads: Int, _ tokens: Int, _ sequences: Int) -> Int {
      graph.view(convolved, SIMD4(length, heads, tokens, sequences), strides: SIMD4(4, 4 * length, row[1], row[2]))
    }
    let keySizes = SIMD4(part.stateSize, part.groups, perSequence, sequences)
    let queryView = split(&graph, part.stateSize, part.groups, perSequence, sequences)
    let keyView = split(&graph, part.stateSize, part.groups, perSequence, sequences)
    let value = split(&graph, headSize, part.heads, perSequence, sequences)
    let query = graph.operation(keySizes, [queryView])
    let key = graph.operation(keySizes, [keyView])
    let step = graph.operation(
      SIMD4(part.innerSize, tokens + headSize * sequences, 1, 1), [query, key, value, decay, strength, recurrent])
    let after = graph.view(step, SIMD4(headSize, headSize, part.heads, sequences))
    graph.expand(graph.store([after]))
    let sizes = SIMD4(headSize, part.heads, perSequence, sequences)
    let normalized = norm(graph.view(step, sizes))
    let gated = graph.inPlace([normalized, graph.inPlace([graph.view(gate, sizes)])])
    let flat = graph.view(gated, SIMD4(part.innerSize, perSequence, sequences, 1))
    return graph.view(graph.product(flat, rows: width), SIMD4(width, tokens, 1, 1))
  }
}
