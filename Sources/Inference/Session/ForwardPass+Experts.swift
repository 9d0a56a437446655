import Kernels

extension ForwardPass {
  /// The mixture of experts of the `active` tokens; its result is in `delta`.
  ///
  /// Tokens are grouped by expert, so that each expert's matrices are read once for all tokens that use it, and no others.
  func mixExperts(
    _ weights: ExpertWeights, norm: [Float]?, adding: BlockResult?, _ active: Range<Int>
  ) throws(Cancelled) {
    guard let experts = shape.experts else { return }
    let input = ProductInput(
      tokens: active.count, columns: shape.hiddenSize, floats: scratch.input, scratch: scratch.quantized,
      for: [weights.router, weights.gates[0]])
    try normalize(active, adding: adding, norm: norm, into: input)
    try multiply([Product(weights.router, input, out: scratch.routing, outStride: experts.count)])
    try forTokens(0..<active.count) { choose(token: $0, experts, bias: weights.biases?.router) }
    let groups = group(tokens: active.count, experts)

    let gathered = try gather(input.activations(for: weights.gates[0]), experts)
    let width = experts.intermediateSize
    let rows = active.count * experts.used
    let hidden = ProductInput(
      tokens: rows, columns: width, floats: scratch.gate, scratch: scratch.quantized, for: [weights.downs[0]])
    try multiply(
      groups.map { group in
        GatedProduct(
          gate: product(weights.gates, group, gathered, out: scratch.gate, outStride: hidden.stride),
          up: product(weights.ups, group, gathered, out: scratch.up, outStride: hidden.stride),
          biases: weights.biases.map {
            let values = group.expert * width..<(group.expert + 1) * width
            return ($0.gate[values], $0.up[values])
          })
      })
    if active.count == 1 {
      // A few rows are quantized faster than threads are told to.
      for row in 0..<rows { hidden.finish(row, kernels) }
    } else if !hidden.rounded.isEmpty {
      try forTokens(0..<rows) { hidden.finish($0, kernels) }
    }

    let activations = hidden.activations(for: weights.downs[0])
    let results = scratch.gathered.bindMemory(to: Float.self)
    try multiply(
      groups.map { product(weights.downs, $0, activations, out: results, outStride: shape.hiddenSize) })
    try forTokens(0..<active.count) { token in
      combine(results, token: token, into: active.lowerBound + token, experts, bias: weights.biases?.down)
    }
  }

  /// Picks the experts with the largest products of the router, the first of equals, and their shares: the softmax of those
  /// products, which is the softmax of all divided by the sum of the chosen.
  private func choose(token: Int, _ experts: ExpertShape, bias: [Float]?) {
    let scores = scratch.routing.part(token * experts.count, experts.count)
    if let bias { add(bias, to: scores) }
    check(scores, token: token)
    let chosen = scratch.chosen.part(token * experts.used, experts.used)
    let shares = scratch.shares.part(token * experts.used, experts.used)
    for slot in 0..<experts.used {
      let best = kernels.argmax(UnsafeBufferPointer(scores))
      chosen[slot] = Int32(best)
      shares[slot] = scores[best]
      // Not-a-number is never the largest, so that an expert is picked once whatever the others are.
      scores[best] = .nan
    }
    kernels.softmax(shares)
    if experts.scale != 1 { kernels.scale(shares, by: experts.scale) }
  }

  /// Sorts tokens and the experts that they use by expert, in the order of the tokens.
  private func group(tokens: Int, _ experts: ExpertShape) -> [ExpertGroup] {
    let rows = tokens * experts.used
    return withUnsafeTemporaryAllocation(of: Int.self, capacity: experts.count) { next in
      next.initialize(repeating: 0)
      for row in 0..<rows { next[Int(scratch.chosen[row])] += 1 }
      var groups: [ExpertGroup] = []
      groups.reserveCapacity(min(rows, experts.count))
      var begin = 0
      for expert in 0..<experts.count where next[expert] > 0 {
        groups.append(ExpertGroup(expert: expert, rows: begin..<begin + next[expert]))
        next[expert] = begin
        begin = groups[groups.count - 1].rows.upperBound
      }
      for row in 0..<rows {
        let expert = Int(scratch.chosen[row])
        scratch.places[row] = Int32(next[expert])
        next[expert] += 1
      }
      return groups
    }
  }

  /// Copies each token to the rows of the experts that it uses; a single token is left where it is.
  private func gather(_ input: ActivationMatrix, _ experts: ExpertShape) throws(Cancelled) -> ActivationMatrix {
    guard input.tokens > 1 else { return input }
    let size = input.tokenByteCount
    let rows = input.tokens * experts.used
    try forTokens(0..<input.tokens) { token in
      let source = UnsafeRawBufferPointer(rebasing: input.bytes[token * size..<(token + 1) * size])
      for slot in token * experts.used..<(token + 1) * experts.used {
        let place = Int(scratch.places[slot])
        UnsafeMutableRawBufferPointer(rebasing: scratch.gathered[place * size..<(place + 1) * size])
          .copyMemory(from: source)
      }
    }
    return ActivationMatrix(format: input.format, tokens: rows, columns: input.columns, bytes: scratch.gathered)
  }

  /// The product of one expert with its rows of `input`, or with the only one.
  private func product(
    _ matrices: [WeightMatrix], _ group: ExpertGroup, _ input: ActivationMatrix,
    out: UnsafeMutableBufferPointer<Float>, outStride: Int
  ) -> Product {
    let first = input.tokens > 1 ? group.rows.lowerBound : 0
    let part = ActivationMatrix(
      format: input.format, tokens: group.rows.count, columns: input.columns,
      bytes: UnsafeMutableRawBufferPointer(rebasing: input.bytes[(first * input.tokenByteCount)...]))
    return Product(
      matrices[group.expert], part,
      out: UnsafeMutableBufferPointer(rebasing: out[(group.rows.lowerBound * outStride)...]), outStride: outStride)
  }

  private func combine(
    _ results: UnsafeMutableBufferPointer<Float>, token: Int, into place: Int, _ experts: ExpertShape, bias: [Float]?
  ) {
    let size = shape.hiddenSize
    let delta = scratch.delta.part(place * size, size)
    delta.update(repeating: 0)
    for slot in token * experts.used..<(token + 1) * experts.used {
      let result = results.part(Int(scratch.places[slot]) * size, size)
      if let bias {
        let begin = Int(scratch.chosen[slot]) * size
        bias.withUnsafeBufferPointer {
          kernels.add(UnsafeBufferPointer(rebasing: $0[begin..<begin + size]), to: result)
        }
      }
      kernels.add(UnsafeBufferPointer(result), times: scratch.shares[slot], to: delta)
    }
  }
}
