/// One tensor of a safetensors file.
package struct SafetensorsTensor: Hashable, Sendable {
  package var name: String
  package let type: SafetensorsType
  /// The sizes as written, row length last; empty for a single value.
  package let shape: [Int]
  /// Where the first byte lies, from the start of its file.
  package let byteOffset: Int
  package let byteCount: Int
  /// Which file of a sharded model holds it, from 0.
  package var fileIndex = 0

  /// The number of values, the product of `shape`.
  package var valueCount: Int { shape.reduce(1, *) }
  /// The length of a row.
  var columns: Int { shape.last ?? 1 }
  /// The number of rows over all outer dimensions.
  var rows: Int { shape.dropLast().reduce(1, *) }
}
