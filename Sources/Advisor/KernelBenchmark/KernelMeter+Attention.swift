import Kernels

extension KernelMeter {
  /// Query heads that share a key-value head, and their size: those of Llama 3.2 1B.
  private static let group = 4
  private static let headSize = 64
  /// Two products of a query row with keys and values: under 10 ms at the 2 billion multiply-adds a second of portable code.
  private static let multiplyAddsPerPiece = 8_388_608

  /// The queries of `tokens` against `depth` positions, which each token sees all of; the heads of the cache lie in memory.
  func attention(_ format: CellFormat, depth: Int, tokens: Int) throws -> KernelBenchmarkReport.Row {
    let size = Self.headSize
    let rows = Self.group * tokens
    let work = KernelWork.attention(format, headSize: size, positions: depth, rows: rows)
    let half = depth / CellFormat.pagePositions * format.pageBytes(headSize: size)
    let heads = CyclicParts(workingSet, partBytes: 2 * half)
    let rowsPerPiece = min(rows, max(16, Self.multiplyAddsPerPiece / (2 * size * depth) / 16 * 16))
    let piecesPerHead = (rows + rowsPerPiece - 1) / rowsPerPiece

    let input = try AlignedBuffer(byteCount: rows * size * MemoryLayout<Float>.stride)
    let queries = input.values(of: Float.self, count: rows * size)
    queries.fillEvenly()
    let output = try AlignedBuffer(byteCount: team.threads * rowsPerPiece * size * MemoryLayout<Float>.stride)
    let out = output.values(of: Float.self, count: team.threads * rowsPerPiece * size)
    let limits = try AlignedBuffer(byteCount: 2 * rows * MemoryLayout<UInt32>.stride)
    let seen = limits.values(of: UInt32.self, count: 2 * rows)
    for row in 0..<rows { seen[rows + row] = UInt32(depth) }

    let one = Case(
      family: .attention, format: format.rawValue,
      shape: .init(heads: Self.group, headSize: size, depthTokens: depth), tokens: tokens, residence: .memory,
      work: work,
      data: "\(heads.count) key-value heads one after the other, \(heads.count * 2 * half >> 20) MiB of cells")
    var next = 0
    return try row(one) { calls in
      let first = next
      // A call is a head for each thread at least, so that none has to wait for the last one.
      let count = calls * team.threads
      next += count
      try team.forEach(count: count * piecesPerHead, cancellation: cancellation) { pieces, worker in
        for piece in pieces {
          let cells = heads[first + piece / piecesPerHead]
          let begin = piece % piecesPerHead * rowsPerPiece
          let rowCount = min(rowsPerPiece, rows - begin)
          let head = CachedHead(
            format: format, headSize: size,
            keys: UnsafeMutableRawBufferPointer(rebasing: cells[..<half]),
            values: UnsafeMutableRawBufferPointer(rebasing: cells[half...]))
          kernels.attend(
            AttentionRows(
              queries: UnsafeBufferPointer(queries.values(begin * size, rowCount * size)), stride: size,
              first: UnsafeBufferPointer(rebasing: seen[begin..<begin + rowCount]),
              visible: UnsafeBufferPointer(rebasing: seen[rows + begin..<rows + begin + rowCount]),
              scale: 0.125),
            to: head, into: out.values(worker * rowsPerPiece * size, rowCount * size), outStride: size)
        }
      }
    }
  }
}
