/// Parts of equal size that are taken one after the other, and from the first again.
struct CyclicParts {
  private let bytes: UnsafeMutableRawBufferPointer
  private let partBytes: Int
  private let stride: Int
  /// How many parts there are.
  let count: Int

  /// Divides `bytes`, which hold at least one part.
  init(_ bytes: UnsafeMutableRawBufferPointer, partBytes: Int) {
    precondition(partBytes > 0 && partBytes <= bytes.count)
    self.bytes = bytes
    self.partBytes = partBytes
    // Cells of a KV cache and the fastest loads want 64 bytes.
    stride = (partBytes + 63) & ~63
    count = max(1, (bytes.count + stride - partBytes) / stride)
  }

  subscript(index: Int) -> UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(rebasing: bytes[index % count * stride..<index % count * stride + partBytes])
  }
}
