import CKernels
package import TensorFormats

extension KernelSet {
  /// The rows of a strip.
  package static let stripRows = Int(EW_STRIP_ROWS)

  /// The layout in which this tier multiplies `rows` rows of `format` fastest.
  package func layout(for format: TensorFormat, rows: Int) -> WeightLayout {
    let isWoven = rows % Self.stripRows == 0 && ew_strips_supported(tier.number, Int32(format.id))
    return isWoven ? .strips : .rows
  }

  /// Weaves rows of `columns` values that lie one after the other, a whole number of strips, into as many bytes elsewhere.
  package static func weave(
    _ rows: UnsafeRawBufferPointer, format: TensorFormat, columns: Int, into strips: UnsafeMutableRawBufferPointer
  ) {
    guard let rowBytes = format.byteCount(values: columns) else { preconditionFailure("columns end inside a block") }
    precondition(rows.count % (stripRows * rowBytes) == 0 && strips.count >= rows.count)
    guard let from = rows.baseAddress, let to = strips.baseAddress else { return }
    for begin in stride(from: 0, to: rows.count, by: stripRows * rowBytes) {
      precondition(ew_strip_weave(Int32(format.id), from + begin, columns, to + begin), "no strips of \(format)")
    }
  }

  /// Writes the values of row `index` of `matrix` to `out`, which has room for `columns`.
  package func dequantizeRow(
    _ index: Int, of matrix: WeightMatrix, into out: UnsafeMutableBufferPointer<Float>
  ) {
    switch matrix.layout {
    case .rows: dequantizeRow(matrix.row(index), format: matrix.format, columns: matrix.columns, into: out)
    case .strips:
      precondition(index >= 0 && index < matrix.rows)
      withUnsafeTemporaryAllocation(byteCount: matrix.rowByteCount, alignment: 2) { row in
        let begin = index / Self.stripRows * Self.stripRows * matrix.rowByteCount
        let strip = matrix.bytes.baseAddress.map { $0 + begin }
        _ = ew_strip_row(
          Int32(matrix.format.id), strip, matrix.columns, index % Self.stripRows, row.baseAddress)
        dequantizeRow(UnsafeRawBufferPointer(row), format: matrix.format, columns: matrix.columns, into: out)
      }
    }
  }
}
