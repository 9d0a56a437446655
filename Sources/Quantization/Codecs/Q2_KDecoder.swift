package import TensorFormats

/// Q2_K: 256 values in 16 sub-blocks of 16; x = scale * (low nibble j) * code - minimum * (high nibble j).
///
/// 16 bytes of nibbles, 64 bytes of 2-bit codes, f16 scale and minimum. Each 32 bytes of codes hold 128 values: 32 in bits 0-1,
/// the next 32 in bits 2-3 and so on.
package enum Q2_KDecoder: BlockDecoder {
  package static let format = TensorFormat.q2_k

  package static func decode(_ block: UnsafeRawBufferPointer) -> [Double] {
    let (scale, minimum) = (block.half(at: 80), block.half(at: 82))
    return (0..<256).map { i in
      let factors = block.code(at: i / 16)
      let code = block.code(at: 16 + i / 128 * 32 + i % 32) >> (i % 128 / 32 * 2) & 3
      return scale * Double(factors & 15) * Double(code) - minimum * Double(factors >> 4)
    }
  }
}
