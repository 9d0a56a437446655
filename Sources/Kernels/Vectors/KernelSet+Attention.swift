import CKernels

extension KernelSet {
  /// The largest head size that `attend` takes; head sizes are multiples of 8.
  package static let attentionHeadSizeMaximum = Int(EW_ATTENTION_HEAD_MAX)

  /// Attends to the cached positions of one key-value head from several query rows.
  ///
  /// Keys and values are f16 bits, (position, head size) with `positionStride` values from one position to the next; storing a
  /// cache as (layer, key-value head, position, head size) keeps that stride at `headSize`, which streams best. Row r of `queries`
  /// sees the first `visible[r]` positions: for one token list the heads of its group with equal counts, for a causal batch
  /// also its tokens with growing counts. out[r * outStride + i] = Σ softmax(scale * queries[r]·keys[p])[p] * values[p][i].
  /// Rows are independent: work divides by key-value head and by rows. A call's time is rows * positions * headSize * 2
  /// multiply-adds; keep that under some ten million so that cancelling stays prompt.
  package func attend(
    queries: UnsafeBufferPointer<Float>, queryStride: Int, visible: UnsafeBufferPointer<UInt32>, headSize: Int,
    keys: UnsafeBufferPointer<UInt16>, values: UnsafeBufferPointer<UInt16>, positionStride: Int, scale: Float,
    into out: UnsafeMutableBufferPointer<Float>, outStride: Int
  ) {
    precondition(headSize > 0 && headSize <= Self.attentionHeadSizeMaximum && headSize.isMultiple(of: 8))
    let rows = visible.count
    guard rows > 0 else { return }
    precondition(queryStride >= 0 && (rows - 1) * queryStride + headSize <= queries.count)
    precondition(outStride >= headSize && (rows - 1) * outStride + headSize <= out.count)
    precondition(positionStride >= headSize)
    for count in visible {
      precondition(count > 0 && (Int(count) - 1) * positionStride + headSize <= min(keys.count, values.count))
    }
    var attention = ew_attention(
      queries: queries.baseAddress, query_stride: queryStride, rows: rows, visible: visible.baseAddress,
      head_size: headSize, keys: keys.baseAddress, values: values.baseAddress, position_stride: positionStride,
      scale: scale, out: out.baseAddress, out_stride: outStride)
    ew_attend(tier.number, &attention)
  }
}
