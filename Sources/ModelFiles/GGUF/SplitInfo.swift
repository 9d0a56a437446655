/// Which part of a split model a file is, from its `split.*` metadata.
package struct SplitInfo: Hashable, Sendable, Codable {
  /// The number of this part, from 0.
  package let index: Int
  /// How many files the model has.
  package let count: Int
  /// How many tensors all parts hold together; nil when the file does not say.
  package let tensorCount: Int?

  /// Reads the keys; nil when the file has none, an error when they contradict each other.
  init?(_ metadata: Metadata, path: String?) throws(ModelFileError) {
    guard let entry = metadata.entry("split.count") else { return nil }
    // The keys are 16-bit numbers in the files of llama.cpp.
    guard let count = entry.value.integer, (0...Int(UInt16.max)).contains(count) else {
      throw ModelFileError(
        .malformed, "'split.count' must be a number from 0 to 65535. The file is damaged.", path: path,
        byteOffset: entry.byteOffset)
    }
    guard count > 0 else { return nil }
    let number = metadata.entry("split.no")
    guard let index = number?.value.integer, (0..<count).contains(index) else {
      throw ModelFileError(
        .malformed,
        "'split.no' must be a number from 0 to \(count - 1), as 'split.count' is \(count). "
          + "The file is damaged.", path: path, byteOffset: number?.byteOffset ?? entry.byteOffset)
    }
    self.index = index
    self.count = count
    tensorCount = metadata["split.tensors.count"]?.integer
  }
}
