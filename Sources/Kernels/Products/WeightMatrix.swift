package import TensorFormats

/// A weight matrix of `rows` rows of `columns` values each, in a model file's own layout or woven into strips.
///
/// It refers to the bytes and does not own them. The product with x has `rows` values.
package struct WeightMatrix {
  package let format: TensorFormat
  package let rows: Int
  package let columns: Int
  package let layout: WeightLayout
  /// The first byte of the first row or strip; strips begin on a multiple of 64 bytes, rows anywhere.
  package let bytes: UnsafeRawBufferPointer
  /// Bytes from one row to the next; of strips, what one row takes of them.
  package let rowByteCount: Int

  /// Takes the first `rows * columns` values of `bytes`; nil when `columns` does not fill whole blocks or `rows` whole strips,
  /// when a size overflows or when `bytes` is too short.
  package init?(
    format: TensorFormat, rows: Int, columns: Int, bytes: UnsafeRawBufferPointer, layout: WeightLayout = .rows
  ) {
    guard rows >= 0, columns > 0, let rowByteCount = format.byteCount(values: columns) else { return nil }
    let (total, overflow) = rowByteCount.multipliedReportingOverflow(by: rows)
    guard !overflow, total <= bytes.count else { return nil }
    if layout == .strips {
      guard rows % KernelSet.stripRows == 0, Int(bitPattern: bytes.baseAddress) % 64 == 0 else { return nil }
    }
    self.format = format
    self.rows = rows
    self.columns = columns
    self.bytes = bytes
    self.layout = layout
    self.rowByteCount = rowByteCount
  }

  /// How activations must be stored to be multiplied with it.
  package var activationFormat: ActivationFormat { ActivationFormat(for: format, layout: layout) }

  /// The bytes of row `index` of a matrix that is not woven.
  package func row(_ index: Int) -> UnsafeRawBufferPointer {
    precondition(index >= 0 && index < rows && layout == .rows)
    return UnsafeRawBufferPointer(rebasing: bytes[index * rowByteCount..<(index + 1) * rowByteCount])
  }
}
