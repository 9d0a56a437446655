package import TensorFormats

/// Q5_K: as Q4_K with a fifth bit for each code: bit j of byte i of 32 belongs to value i of sub-block j.
package enum Q5_KCodec: BlockCodec {
  package static let format = TensorFormat.q5_k

  package static func decode(_ block: UnsafeRawBufferPointer) -> [Double] {
    let (scale, minimum) = (block.half(at: 0), block.half(at: 2))
    let packed = SixBitScales(block, at: 4)
    return (0..<256).map { i in
      let j = i / 32
      let nibble = block.code(at: 48 + j / 2 * 32 + i % 32) >> (j % 2 * 4) & 15
      let code = nibble | (block.code(at: 16 + i % 32) >> j & 1) << 4
      return scale * Double(packed.scales[j]) * Double(code) - minimum * Double(packed.minima[j])
    }
  }

  package static func encode(_ values: [Float], into block: UnsafeMutableRawBufferPointer) {
    let codes = SixBitScales.store(values, largestCode: 31, into: block)
    for i in 16..<176 { block[i] = 0 }
    for (i, code) in codes.enumerated() {
      let j = i / 32
      block[48 + j / 2 * 32 + i % 32] |= (code & 15) << UInt8(j % 2 * 4)
      block[16 + i % 32] |= (code >> 4) << UInt8(j)
    }
  }
}
