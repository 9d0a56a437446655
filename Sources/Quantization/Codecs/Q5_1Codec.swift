package import TensorFormats

/// Q5_1: 32 values, an f16 scale, an f16 minimum, 32 fifth bits and 32 nibbles; x = scale * code + minimum.
package enum Q5_1Codec: BlockCodec {
  package static let format = TensorFormat.q5_1

  package static func decode(_ block: UnsafeRawBufferPointer) -> [Double] {
    let (scale, minimum) = (block.half(at: 0), block.half(at: 2))
    return Q5_0Codec.fiveBitCodes(block, high: 4, low: 8).map { scale * Double($0) + minimum }
  }

  /// Covers the block from its minimum to its maximum with 32 even steps.
  package static func encode(_ values: [Float], into block: UnsafeMutableRawBufferPointer) {
    Q5_0Codec.store(block.storeRange(of: values, largestCode: 31), into: block, high: 4, low: 8)
  }
}
