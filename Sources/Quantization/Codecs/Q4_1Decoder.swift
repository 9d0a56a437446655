package import TensorFormats

/// Q4_1: 32 values, an f16 scale, an f16 minimum and 32 nibbles; x = scale * code + minimum, low nibbles first.
package enum Q4_1Decoder: BlockDecoder {
  package static let format = TensorFormat.q4_1

  package static func decode(_ block: UnsafeRawBufferPointer) -> [Double] {
    let (scale, minimum) = (block.half(at: 0), block.half(at: 2))
    return (0..<32).map { i in
      scale * Double(block.code(at: 4 + i % 16) >> (i < 16 ? 0 : 4) & 15) + minimum
    }
  }
}
