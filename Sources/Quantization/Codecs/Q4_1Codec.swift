package import TensorFormats

/// Q4_1: 32 values, an f16 scale, an f16 minimum and 32 nibbles; x = scale * code + minimum, low nibbles first.
package enum Q4_1Codec: BlockCodec {
  package static let format = TensorFormat.q4_1

  package static func decode(_ block: UnsafeRawBufferPointer) -> [Double] {
    let (scale, minimum) = (block.half(at: 0), block.half(at: 2))
    return (0..<32).map { i in
      scale * Double(block.code(at: 4 + i % 16) >> (i < 16 ? 0 : 4) & 15) + minimum
    }
  }

  /// Covers the block from its minimum to its maximum with 16 even steps.
  package static func encode(_ values: [Float], into block: UnsafeMutableRawBufferPointer) {
    let codes = block.storeRange(of: values, largestCode: 15)
    for i in 0..<16 { block[4 + i] = codes[i] | codes[i + 16] << 4 }
  }
}

extension UnsafeMutableRawBufferPointer {
  /// Writes scale and minimum at the block's start and returns the codes of `values` on the grid between their extremes.
  func storeRange(of values: [Float], largestCode: Int) -> [UInt8] {
    let (smallest, largest) = (Double(values.min() ?? 0), Double(values.max() ?? 0))
    let minimum = store(half: smallest, at: 2)
    let scale = store(half: (largest - minimum) / Double(largestCode), at: 0)
    return values.map { UInt8(nearest(Double($0) - minimum, step: scale, in: 0...largestCode)) }
  }
}
