extension ThreadTeam {
  /// Multiplies all of `weights` with all of `activations`: out[token * outStride + row].
  ///
  /// Divided into pieces of a few milliseconds even in the slowest tier, by the shape alone, so that the result is the same for
  /// every number of threads.
  ///
  /// - Throws: `Cancelled` within one piece per thread of raising the flag; `out` is then partly written.
  package func multiply(
    _ weights: WeightMatrix, by activations: ActivationMatrix, into out: UnsafeMutableBufferPointer<Float>,
    outStride: Int, kernels: KernelSet, cancellation: Cancellation? = nil
  ) throws(Cancelled) {
    let split = ProductSplit(rows: weights.rows, columns: weights.columns, tokens: activations.tokens)
    try forEach(count: split.pieces, cancellation: cancellation) { pieces, _ in
      for piece in pieces {
        kernels.multiply(
          weights, rows: split.rows(of: piece), by: activations, tokens: split.tokens(of: piece), into: out,
          outStride: outStride)
      }
    }
  }

  /// Writes all of `x`, token t from `x[t * stride]`, in the format of `matrix`.
  package func quantizeActivations(
    _ x: UnsafeBufferPointer<Float>, stride: Int, into matrix: ActivationMatrix, kernels: KernelSet,
    cancellation: Cancellation? = nil
  ) throws(Cancelled) {
    // About 64 Ki values a piece: some tens of microseconds.
    let chunk = max(1, 65_536 / matrix.columns)
    try forEach(count: matrix.tokens, chunk: chunk, cancellation: cancellation) { tokens, _ in
      kernels.quantizeActivations(x, stride: stride, tokens: tokens, into: matrix)
    }
  }
}
