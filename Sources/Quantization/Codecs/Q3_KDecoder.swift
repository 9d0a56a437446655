package import TensorFormats

/// Q3_K: 256 values in 16 sub-blocks of 16; x = scale * (scales[j] - 32) * (code - 4).
///
/// 32 bytes of third bits (bit i / 32 of byte i % 32), 64 bytes of 2-bit codes as in Q2_K, 12 bytes of 6-bit scales, f16 scale.
/// Scale j has its low four bits in nibble j / 8 of byte j % 8, its upper two in bits 2 (j / 4) of byte 8 + j % 4.
package enum Q3_KDecoder: BlockDecoder {
  package static let format = TensorFormat.q3_k

  package static func decode(_ block: UnsafeRawBufferPointer) -> [Double] {
    let scale = block.half(at: 108)
    return (0..<256).map { i in
      let j = i / 16
      let low = block.code(at: 96 + j % 8) >> (j / 8 * 4) & 15
      let factor = low | (block.code(at: 104 + j % 4) >> (j / 4 * 2) & 3) << 4
      let two = block.code(at: 32 + i / 128 * 32 + i % 32) >> (i % 128 / 32 * 2) & 3
      let code = two | (block.code(at: i % 32) >> (i / 32) & 1) << 2
      return scale * Double(factor - 32) * Double(code - 4)
    }
  }
}
