extension LlamaCppGraph {
  mutating func experts(_ part: LayerShape.Experts, _ source: Int) -> Int {
    var current = routed(part, source)
    if part.sharedWidth > 0 {
      let shared = dense(width: part.sharedWidth, isFused: false, hasGate: true, source)
      current = graph.inPlace([current, shared])
    }
    return current
  }

  private mutating func routed(_ part: LayerShape.Experts, _ source: Int) -> Int {
    let rows = graph[source].sizes[1]
    var logits = graph.product(source, rows: part.count)
    if part.hasBiases { logits = graph.inPlace([logits]) }
    let odds = part.weighsAfterChoice ? logits : graph.inPlace([logits])
    let choice = part.hasChoiceBias ? graph.inPlace([odds]) : odds
    let sorted = graph.operation(SIMD4(part.count, rows, 1, 1), [choice])
    let chosen = graph.view(sorted, SIMD4(part.used, rows, 1, 1), strides: graph[sorted].strides)
    let perToken = SIMD4(1, part.used, rows, 1)
    var weights = graph.operation(perToken, [graph.view(odds, SIMD4(1, part.count, rows, 1)), chosen])
    if part.weighsAfterChoice {
      weights = graph.view(graph.inPlace([graph.view(weights, SIMD4(part.used, rows, 1, 1))]), perToken)
    }
    if part.normalizesWeights {
      let flat = graph.view(weights, SIMD4(part.used, rows, 1, 1))
      let sum = graph.inPlace([graph.operation(SIMD4(1, rows, 1, 1), [flat])])
      weights = graph.view(graph.inPlace([flat, sum]), perToken)
    }
    if part.scalesWeights { weights = graph.inPlace([weights]) }
    graph.expand(weights)
    let spread = graph.view(source, SIMD4(width, 1, rows, 1))
    let inner = SIMD4(part.width, part.used, rows, 1)
    var up = graph.operation(inner, [spread, chosen])
    if part.hasBiases { up = graph.inPlace([up, chosen]) }
    var gate = graph.operation(inner, [spread, chosen])
    if part.hasBiases { gate = graph.inPlace([gate, chosen]) }
    let hidden = graph.operation(inner, [gate, up])
    var all = graph.operation(SIMD4(width, part.used, rows, 1), [hidden, chosen])
    if part.hasBiases { all = graph.inPlace([all, chosen]) }
    all = graph.inPlace([all, weights])
    graph.expand(all)
    let strides = SIMD4(4, 4 * width * part.used, 4 * width * part.used * rows, 4 * width * part.used * rows)
    let views = (0..<part.used).map { _ in graph.view(all, SIMD4(width, rows, 1, 1), strides: strides) }
    for view in views { graph.expand(view) }
    guard var sum = views.first else { return all }
    for view in views.dropFirst() {
      sum = graph.inPlace([sum, view])
      graph.expand(sum)
    }
    return part.used == 1 ? graph.contiguous(sum) : sum
  }
}
