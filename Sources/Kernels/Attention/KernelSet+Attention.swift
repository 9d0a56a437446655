import CKernels

extension KernelSet {
  /// The largest head size that `attend` takes.
  package static let attentionHeadSizeMaximum = Int(EW_ATTENTION_HEAD_MAX)

  /// Rounds a position's key and value, each of the head's size, into its cells.
  package func store(
    key: UnsafeBufferPointer<Float>, value: UnsafeBufferPointer<Float>, position: Int, in head: CachedHead
  ) {
    precondition(key.count == head.headSize && value.count == head.headSize)
    precondition(position >= 0 && position < head.positions)
    ew_cache_store(
      tier.number, head.format.number, head.headSize, key.baseAddress, value.baseAddress, position,
      head.keys.baseAddress, head.values.baseAddress)
  }

  /// Attends from each row to the positions of `head` that it sees.
  ///
  /// out[r * outStride + i] = Σ softmax(scale * queries[r]·keys[p])[p] * values[p][i]; the header `attention.h` states it in
  /// full, with the error. Rows are independent: work divides by key-value head and by rows. A call's time is rows *
  /// positions * headSize * 2 multiply-adds; keep that under some ten million so that cancelling stays prompt.
  package func attend(
    _ rows: AttentionRows, to head: CachedHead, into out: UnsafeMutableBufferPointer<Float>, outStride: Int
  ) {
    guard rows.count > 0 else { return }
    var attention = checked(rows, head, out, outStride)
    ew_attend(tier.number, &attention)
  }

  /// Attends to `positions` alone, which begin on a page: sums go to `out` undivided, for `joinAttention`.
  package func attend(
    _ rows: AttentionRows, to head: CachedHead, positions: Range<Int>, into out: UnsafeMutableBufferPointer<Float>,
    outStride: Int, largest: UnsafeMutableBufferPointer<Float>, total: UnsafeMutableBufferPointer<Float>
  ) {
    precondition(positions.lowerBound >= 0 && positions.lowerBound.isMultiple(of: CellFormat.pagePositions))
    precondition(largest.count >= rows.count && total.count >= rows.count)
    guard rows.count > 0 else { return }
    var attention = checked(rows, head, out, outStride)
    attention.begin = positions.lowerBound
    attention.end = positions.upperBound
    attention.largest = largest.baseAddress
    attention.total = total.baseAddress
    ew_attend(tier.number, &attention)
  }

  /// Joins what `attend` made of the parts of the positions for one row: part k's sums at `sums[k * stride]`.
  package func joinAttention(
    sums: UnsafeBufferPointer<Float>, stride: Int, largest: UnsafeBufferPointer<Float>,
    total: UnsafeBufferPointer<Float>, sink: Float?, into out: UnsafeMutableBufferPointer<Float>
  ) {
    let parts = largest.count
    precondition(parts > 0 && total.count == parts && (parts - 1) * stride + out.count <= sums.count)
    ew_attend_join(
      parts, sums.baseAddress, stride, largest.baseAddress, total.baseAddress, sink ?? -.infinity, out.count,
      out.baseAddress)
  }

  private func checked(
    _ rows: AttentionRows, _ head: CachedHead, _ out: UnsafeMutableBufferPointer<Float>, _ outStride: Int
  ) -> ew_attention {
    let count = rows.count
    precondition(rows.stride >= 0 && (count - 1) * rows.stride + head.headSize <= rows.queries.count)
    precondition(outStride >= head.headSize && (count - 1) * outStride + head.headSize <= out.count)
    for (first, visible) in zip(rows.first, rows.visible) {
      precondition(first < visible && Int(visible) <= head.positions)
    }
    return ew_attention(
      format: head.format.number, head_size: head.headSize, keys: head.keys.baseAddress,
      values: head.values.baseAddress, queries: rows.queries.baseAddress, query_stride: rows.stride, rows: count,
      first: rows.first.baseAddress, visible: rows.visible.baseAddress, scale: rows.scale, soft_cap: rows.softCap,
      sinks: rows.sinks?.baseAddress, out: out.baseAddress, out_stride: outStride, begin: 0, end: head.positions,
      largest: nil, total: nil)
  }
}
