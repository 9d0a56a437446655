import CKernels
package import TensorFormats

extension KernelSet {
  /// Writes the values of `tokens` in `matrix`'s format: token t is `matrix.columns` values from `x[t * stride]`.
  package func quantizeActivations(
    _ x: UnsafeBufferPointer<Float>, stride: Int, tokens: Range<Int>, into matrix: ActivationMatrix
  ) {
    precondition(tokens.lowerBound >= 0 && tokens.upperBound <= matrix.tokens && stride >= matrix.columns)
    guard let source = x.baseAddress, let target = matrix.bytes.baseAddress, !tokens.isEmpty else { return }
    precondition((tokens.upperBound - 1) * stride + matrix.columns <= x.count)
    for token in tokens {
      let from = source + token * stride
      let to = target + token * matrix.tokenByteCount
      switch matrix.format {
      case .float32: to.copyMemory(from: from, byteCount: matrix.columns * MemoryLayout<Float>.stride)
      case .bfloat16: ew_round_bf16(from, matrix.columns, to.assumingMemoryBound(to: UInt16.self))
      case .q8: ew_quantize_q8(tier.number, from, matrix.columns, to)
      case .q8Steps:
        ew_quantize_q8_steps(tier.number, from, matrix.columns, to.assumingMemoryBound(to: ew_q8_group.self))
      }
    }
  }

  /// Multiplies `rows` of `weights` with the activations of `tokens`: out[token * outStride + row] is set for these only.
  ///
  /// One token takes the path that reads weights as fast as memory allows, many tokens the one that unpacks weights once for all.
  /// The result does not depend on how rows and tokens are divided among calls with `panelTokens` tokens or more, nor among
  /// those with fewer; the two kinds may differ by rounding. The header `product.h` states the error bound.
  package func multiply(
    _ weights: WeightMatrix, rows: Range<Int>, by activations: ActivationMatrix, tokens: Range<Int>,
    into out: UnsafeMutableBufferPointer<Float>, outStride: Int
  ) {
    precondition(supports(weights.format), "no kernel multiplies \(weights.format)")
    precondition(activations.format == weights.activationFormat)
    precondition(activations.columns == weights.columns)
    precondition(rows.lowerBound >= 0 && rows.upperBound <= weights.rows && outStride >= rows.upperBound)
    precondition(tokens.lowerBound >= 0 && tokens.upperBound <= activations.tokens)
    guard !rows.isEmpty, !tokens.isEmpty else { return }
    precondition((tokens.upperBound - 1) * outStride + rows.upperBound <= out.count)
    var product = ew_product(
      weights: weights.bytes.baseAddress, row_bytes: weights.rowByteCount, columns: weights.columns,
      row_begin: rows.lowerBound, row_end: rows.upperBound, activations: activations.bytes.baseAddress,
      token_bytes: activations.tokenByteCount, token_begin: tokens.lowerBound, token_end: tokens.upperBound,
      out: out.baseAddress, out_stride: outStride,
      avoids_bf16_instruction: avoidsBFloat16Instruction)
    switch weights.layout {
    case .rows: _ = ew_product_run(tier.number, Int32(weights.format.id), &product)
    case .strips:
      precondition(rows.lowerBound % Self.stripRows == 0 && rows.upperBound % Self.stripRows == 0)
      precondition(ew_strips_run(tier.number, Int32(weights.format.id), &product), "woven for another tier")
    }
  }

  /// The number of tokens from which on `multiply` unpacks weights once for all tokens.
  package static let panelTokens = Int(EW_PANEL_TOKENS)

  /// Writes the `columns` values of one row of `format` to `out`; `columns` fills whole blocks and the format is supported.
  package func dequantizeRow(
    _ row: UnsafeRawBufferPointer, format: TensorFormat, columns: Int, into out: UnsafeMutableBufferPointer<Float>
  ) {
    precondition(supports(format), "no kernel reads \(format)")
    guard let needed = format.byteCount(values: columns) else { preconditionFailure("columns end inside a block") }
    precondition(needed <= row.count && columns <= out.count)
    _ = ew_dequantize(Int32(format.id), row.baseAddress, columns, out.baseAddress)
  }
}
