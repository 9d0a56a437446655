package import TensorFormats

/// Q4_K: 256 values in 8 sub-blocks of 32; x = scale * scales[j] * code - minimum * minima[j].
///
/// f16 scale and minimum, 12 bytes of 6-bit scales and minima, 128 bytes of nibbles: each 32 bytes hold two sub-blocks, the first
/// in the low nibbles.
package enum Q4_KCodec: BlockCodec {
  package static let format = TensorFormat.q4_k

  package static func decode(_ block: UnsafeRawBufferPointer) -> [Double] {
    let (scale, minimum) = (block.half(at: 0), block.half(at: 2))
    let packed = SixBitScales(block, at: 4)
    return (0..<256).map { i in
      let j = i / 32
      let code = block.code(at: 16 + j / 2 * 32 + i % 32) >> (j % 2 * 4) & 15
      return scale * Double(packed.scales[j]) * Double(code) - minimum * Double(packed.minima[j])
    }
  }

  package static func encode(_ values: [Float], into block: UnsafeMutableRawBufferPointer) {
    let codes = SixBitScales.store(values, largestCode: 15, into: block)
    for j in 0..<8 {
      for i in 0..<32 {
        let at = 16 + j / 2 * 32 + i
        block[at] = j % 2 == 0 ? codes[32 * j + i] : block[at] | codes[32 * j + i] << 4
      }
    }
  }
}
