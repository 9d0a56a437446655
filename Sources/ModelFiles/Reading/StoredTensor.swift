/// One tensor as its file lists it, whatever the format.
package struct StoredTensor: Hashable, Sendable {
  package var name: String
  /// The sizes, row length first.
  package var shape: [Int]
  /// The name of the numeric format, such as `BF16`.
  package var format: String
  package var byteCount: Int
  /// From the start of its file; nil when the format does not say.
  package var byteOffset: Int?
  /// Which file of the model holds it, from 0.
  package var fileIndex: Int

  package init(
    name: String, shape: [Int], format: String, byteCount: Int, byteOffset: Int? = nil, fileIndex: Int = 0
  ) {
    self.name = name
    self.shape = shape
    self.format = format
    self.byteCount = byteCount
    self.byteOffset = byteOffset
    self.fileIndex = fileIndex
  }
}
