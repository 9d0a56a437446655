package import TensorFormats

/// Q3_K: 256 values in 16 sub-blocks of 16; x = scale * (scales[j] - 32) * (code - 4).
///
/// 32 bytes of third bits (bit i / 32 of byte i % 32), 64 bytes of 2-bit codes as in Q2_K, 12 bytes of 6-bit scales, f16 scale.
/// Scale j has its low four bits in nibble j / 8 of byte j % 8, its upper two in bits 2 (j / 4) of byte 8 + j % 4.
package enum Q3_KCodec: BlockCodec {
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

  /// Gives the value of largest magnitude in each sub-block the code 0, the end of the range that reaches one further.
  package static func encode(_ values: [Float], into block: UnsafeMutableRawBufferPointer) {
    let steps = (0..<16).map { j in
      Double(values[j * 16..<j * 16 + 16].max { abs($0) < abs($1) } ?? 0) / -4
    }
    let largest = steps.max { abs($0) < abs($1) } ?? 0
    let scale = block.store(half: largest / -32, at: 108)
    for i in 0..<108 { block[i] = 0 }
    for (j, step) in steps.enumerated() {
      let factor = nearest(step, step: scale, in: -32...31)
      block[96 + j % 8] |= UInt8((factor + 32) & 15) << UInt8(j / 8 * 4)
      block[104 + j % 4] |= UInt8((factor + 32) >> 4) << UInt8(j / 4 * 2)
      for i in 16 * j..<16 * j + 16 {
        let code = nearest(Double(values[i]), step: scale * Double(factor), in: -4...3) + 4
        block.storePair(code & 3, value: i, at: 32)
        block[i % 32] |= UInt8(code >> 2) << UInt8(i / 32)
      }
    }
  }
}
