package import TensorFormats

/// A weight matrix in a model file's own layout: `rows` rows of `columns` values each, one after the other.
///
/// It refers to the bytes and does not own them. The product with x has `rows` values.
package struct WeightMatrix {
  package let format: TensorFormat
  package let rows: Int
  package let columns: Int
  /// The first byte of the first row; no alignment is needed.
  package let bytes: UnsafeRawBufferPointer
  /// Bytes from one row to the next.
  package let rowByteCount: Int

  /// Takes the first `rows * columns` values of `bytes`; nil when `columns` does not fill whole blocks, when a size overflows
  /// or when `bytes` is too short.
  package init?(format: TensorFormat, rows: Int, columns: Int, bytes: UnsafeRawBufferPointer) {
    guard rows >= 0, columns > 0, let rowByteCount = format.byteCount(values: columns) else { return nil }
    let (total, overflow) = rowByteCount.multipliedReportingOverflow(by: rows)
    guard !overflow, total <= bytes.count else { return nil }
    self.format = format
    self.rows = rows
    self.columns = columns
    self.bytes = bytes
    self.rowByteCount = rowByteCount
  }

  /// The bytes of row `index`.
  package func row(_ index: Int) -> UnsafeRawBufferPointer {
    precondition(index >= 0 && index < rows)
    return UnsafeRawBufferPointer(rebasing: bytes[index * rowByteCount..<(index + 1) * rowByteCount])
  }
}
