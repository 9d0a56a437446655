package import TensorFormats

/// One tensor of a model file: its shape, its format and the place of its bytes.
package struct TensorDescription: Hashable, Sendable {
  package let name: String
  /// One to four sizes in GGUF order: `shape[0]` is the length of a row (columns), `shape[1]` the number of rows.
  package let shape: [Int]
  package let format: TensorFormat
  /// Where the first byte lies, from the start of its file.
  package let byteOffset: Int
  package let byteCount: Int
  /// Which part of a split model holds it, from 0.
  package let fileIndex: Int

  package init(
    name: String, shape: [Int], format: TensorFormat, byteOffset: Int, byteCount: Int, fileIndex: Int = 0
  ) {
    self.name = name
    self.shape = shape
    self.format = format
    self.byteOffset = byteOffset
    self.byteCount = byteCount
    self.fileIndex = fileIndex
  }

  /// The number of values, the product of `shape`.
  package var valueCount: Int { shape.reduce(1, *) }
  /// The length of a row.
  package var columns: Int { shape.first ?? 0 }
  /// The number of rows over all outer dimensions.
  package var rows: Int { shape.dropFirst().reduce(1, *) }
}
